/** What a version came from and what stands on it, drawn from left to right. */
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Version } from "@/api/versions";
import { moment, shortHash, whole } from "@/shared/format";
import { Loaded } from "@/shared/parts/Notices";
import { useLineage } from "./hooks";
import { LineageGroup } from "./LineageGroup";
import { LineageTies } from "./LineageTies";
import { COLUMNS, edgesOf, type Lineage } from "./lineage";
import own from "./lineage.module.css";
import { useFramedVersion } from "./VersionFrame";

export default function LineagePage() {
  const version = useFramedVersion();
  const query = useLineage(version.id);
  return <Loaded query={query}>{(found) => <Drawing lineage={found} version={version} />}</Loaded>;
}

function Drawing({ lineage, version }: { lineage: Lineage; version: Version }) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState<string | null>(null);
  const edges = useMemo(() => edgesOf(lineage), [lineage]);
  const pointed = (target: EventTarget) =>
    (target as Element).closest<HTMLElement>("[data-node]")?.dataset.node ?? null;
  return (
    <div
      ref={place}
      className={own.lineage}
      onPointerOver={(event) => setNear(pointed(event.target))}
      onPointerLeave={() => setNear(null)}
    >
      <LineageTies place={place} edges={edges} near={near} />
      {COLUMNS.map((kinds) => (
        <div key={kinds[0]} className={own.column}>
          {kinds.map((kind) =>
            kind === "version" ? (
              <Middle key={kind} version={version} />
            ) : (
              <LineageGroup key={kind} kind={kind} found={lineage[kind]} project={version.project} />
            ),
          )}
        </div>
      ))}
    </div>
  );
}

function Middle({ version }: { version: Version }) {
  const { t, i18n } = useTranslation(["versions", "datasets"]);
  return (
    <section className={own.middle} data-node="version">
      <h2>{t("datasets:version.title", { number: version.number })}</h2>
      <div>{t("lineage.clips", { count: version.statistics.clips })}</div>
      <div>
        {t("datasets:version.scores")} {whole(version.statistics.scores)}
      </div>
      <div className={own.quiet}>
        {[version.author, moment(version.created_at, i18n.language)].filter(Boolean).join(" · ")}
      </div>
      <code title={version.sha256}>{shortHash(version.sha256)}</code>
      {version.notes && <p className={own.quiet}>{version.notes}</p>}
    </section>
  );
}
