/** Where the material of a version comes from, and under which terms it may be used. */
import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Statistics } from "@/api/versions";
import { whole } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { Section } from "@/shared/parts/Page";

type Known = NonNullable<Statistics["provenance"]>;

export function Provenance({ of: known, sources }: { of: Known; sources: number }) {
  const { t } = useTranslation("versions");
  const share = (count: number) => t("provenance.of", { known: whole(count), all: whole(sources) });
  return (
    <Section title={t("provenance.title")}>
      <Facts
        of={[
          [t("provenance.licence"), known.licence || t("provenance.none")],
          [t("provenance.origins"), share(known.origins)],
          [t("provenance.consents"), share(consented(known))],
        ]}
      />
      {(["collection", "consent"] as const).map((text) => (
        <Text key={text} mt="sm" maw={720}>
          <b>{t(`provenance.${text}`)}</b>: {known[text] || t("provenance.none")}
        </Text>
      ))}
    </Section>
  );
}

/** Before publishing: what a reader of the data card would miss. */
export function MissingTerms({
  of: known,
  sources,
  project,
}: {
  of: Known;
  sources: number;
  project: string;
}) {
  const { t } = useTranslation("versions");
  const recorded = consented(known);
  const silent = known.licence !== "" && (known.consent !== "" || recorded === sources);
  if (silent) return null;
  return (
    <Alert color="yellow" variant="light" mt="sm">
      {known.licence === "" && <div>{t("provenance.missingLicence")}</div>}
      {known.consent === "" && recorded < sources && (
        <div>{t("provenance.missingConsent", { known: whole(recorded), all: whole(sources) })}</div>
      )}
      <Link to={`/projects/${project}`}>{t("provenance.mend")}</Link>
    </Alert>
  );
}

/** Sources of which a consent is recorded. */
function consented({ consents }: Known): number {
  return consents.reduce((sum, { consent, sources }) => sum + (consent ? sources : 0), 0);
}
