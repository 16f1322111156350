/** A page: a title line that says where one is, then content at once. */
import { Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";
import look from "./parts.module.css";

interface PageProps {
  title: string;
  /** Where this page hangs, as a link before the title. */
  under?: { to: string; name: string };
  marks?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, under, marks, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Cueset`;
  }, [title]);
  return (
    <div className={look.page}>
      <header className={look.title}>
        {under && (
          <>
            <Link to={under.to} className={look.crumb}>
              {under.name}
            </Link>
            <span aria-hidden="true">/</span>
          </>
        )}
        <Title order={1}>{title}</Title>
        {marks}
        {actions && <div className={look.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  /** What screen readers call it, where several sections of a page have the same title. */
  label?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, label = title, actions, children }: SectionProps) {
  return (
    <section className={look.section} aria-label={label}>
      <header>
        <Title order={2}>{title}</Title>
        {actions && <div className={look.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}
