/** The entries of the side bar: an annotator's own work, and one project's pages for those who run it. */
import { Select } from "@mantine/core";
import {
  IconChecklist,
  IconCpu,
  IconFolders,
  IconInfoCircle,
  IconMovie,
  IconStack,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { NavLink, useNavigate, useParams } from "react-router";
import { useProjects } from "@/api/projects";
import { isStaff, type Session } from "@/api/session";
import look from "./shell.module.css";

const PROJECT_PAGES = [
  { path: "clips", icon: IconMovie },
  { path: "campaigns", icon: IconUsersGroup },
  { path: "versions", icon: IconStack },
  { path: "runs", icon: IconCpu },
] as const;

export function Navigation({ session }: { session: Session }) {
  const { t } = useTranslation("app");
  const rates = session.roles.some((role) => role.kind === "annotator");
  return (
    <nav aria-label={t("nav.label")}>
      {rates && (
        <NavLink to="/work" className={look.link}>
          <IconChecklist size={18} aria-hidden />
          {t("nav.work")}
        </NavLink>
      )}
      {isStaff(session) && <ProjectNavigation />}
    </nav>
  );
}

function ProjectNavigation() {
  const { t } = useTranslation("app");
  const { project: named } = useParams();
  const projects = useProjects();
  const navigate = useNavigate();
  const rows = projects.data ?? [];
  const project = rows.find((row) => row.id === named) ?? rows[0];
  return (
    <>
      <NavLink to="/projects" end className={look.link}>
        <IconFolders size={18} aria-hidden />
        {t("nav.projects")}
      </NavLink>
      {project && (
        <>
          {rows.length > 1 ? (
            <Select
              size="xs"
              mt="md"
              mb={4}
              aria-label={t("nav.project")}
              allowDeselect={false}
              data={rows.map((row) => ({ value: row.id, label: row.name }))}
              value={project.id}
              onChange={(id) => id && navigate(`/projects/${id}/clips`)}
            />
          ) : (
            <div className={look.group}>{project.name}</div>
          )}
          <NavLink to={`/projects/${project.id}`} end className={look.link}>
            <IconInfoCircle size={18} aria-hidden />
            {t("nav.overview")}
          </NavLink>
          {PROJECT_PAGES.map(({ path, icon: Icon }) => (
            <NavLink key={path} to={`/projects/${project.id}/${path}`} className={look.link}>
              <Icon size={18} aria-hidden />
              {t(`nav.${path}`)}
            </NavLink>
          ))}
        </>
      )}
    </>
  );
}
