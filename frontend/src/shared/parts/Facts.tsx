/** Named values side by side. */
import type { ReactNode } from "react";
import look from "./parts.module.css";

export function Facts({ of }: { of: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className={`${look.facts} figures`}>
      {of.map(([name, value], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts keep their places
        <div key={place}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
