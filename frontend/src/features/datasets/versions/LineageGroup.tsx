/** All things of one kind in a lineage: how many there are, and the first of them with their addresses. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { moment, whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Said } from "@/shared/parts/Said";
import { FORMATS } from "./formats";
import { DRAWN, type Kind, type Relative, type Relatives } from "./lineage";
import own from "./lineage.module.css";

interface LineageGroupProps {
  kind: Kind;
  found: Relatives;
  project: string;
}

export function LineageGroup({ kind, found, project }: LineageGroupProps) {
  const { t } = useTranslation("versions");
  const drawn = found.shown.slice(0, DRAWN);
  const rest = found.total - drawn.length;
  return (
    <section className={own.group} data-node={kind}>
      <h2>
        {t(`lineage.${kind}`)} <span>{whole(found.total)}</span>
      </h2>
      {found.total === 0 && <p className={own.quiet}>{t(`lineage.none.${kind}`)}</p>}
      <ul>
        {drawn.map((one) => (
          <li key={one.id} data-node={one.id}>
            <Name kind={kind} one={one} project={project} />
            <Quiet one={one} />
            {kind === "exports" && <Downloads of={one} />}
          </li>
        ))}
      </ul>
      {rest > 0 && <p className={own.quiet}>{t("lineage.more", { count: rest })}</p>}
    </section>
  );
}

function Name({ kind, one, project }: { kind: Kind; one: Relative; project: string }) {
  const address = addressOf(kind, one, `/projects/${project}`);
  const plain = kind === "exports" ? FORMATS[one.name as keyof typeof FORMATS] : one.name;
  const name = one.said ? <Said of={one.said} /> : plain;
  return (
    <span className={own.name}>
      {one.modality && <ModalityMark modality={one.modality} bare />}
      {address ? <Link to={address}>{name}</Link> : name}
    </span>
  );
}

function addressOf(kind: Kind, { id }: Relative, home: string): string | null {
  if (kind === "sources") return `${home}/clips?source=${id}`;
  if (kind === "campaigns") return `${home}/campaigns/${id}`;
  if (kind === "runs") return `${home}/runs/${id}`;
  if (kind === "parents" || kind === "children") return `${home}/versions/${id}/lineage`;
  return null;
}

/** Its state where it is not simply there, its clips, and who made it when. */
function Quiet({ one }: { one: Relative }) {
  const { t, i18n } = useTranslation(["versions", "shared"]);
  const parts = [
    one.state === "withdrawn" && t("withdraw.mark"),
    isUnusual(one.state) && t(`shared:job.${one.state}`),
    one.clips !== null && t("lineage.clips", { count: one.clips }),
    one.by,
    one.at && moment(one.at, i18n.language),
  ].filter(Boolean);
  return parts.length > 0 && <span className={own.quiet}>{parts.join(" · ")}</span>;
}

const UNUSUAL = ["waiting", "queued", "running", "failed", "cancelled"] as const;
const isUnusual = (state: string): state is (typeof UNUSUAL)[number] =>
  (UNUSUAL as readonly string[]).includes(state);

function Downloads({ of: { downloads } }: { of: Relative }) {
  const { t, i18n } = useTranslation("versions");
  if (downloads.length === 0) return <span className={own.quiet}>{t("lineage.notDownloaded")}</span>;
  return (
    <details className={own.quiet}>
      <summary>{t("lineage.downloaded", { count: downloads.length })}</summary>
      {downloads.map(({ by, at }) => (
        <div key={by + at}>
          {by} · {moment(at, i18n.language)}
        </div>
      ))}
    </details>
  );
}
