/** How the clips of a version were isolated when they were rated, campaign by campaign: what the audits say. */
import "@/features/isolation/words";
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Statistics } from "@/api/versions";
import { decimal, whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";

type Report = NonNullable<Statistics["isolation"]>[number];
type Measure = "estoi";

const OUTCOMES = ["clips", "passed", "overruled", "withheld", "missing"] as const;

export function Isolated({ reports }: { reports: readonly Report[] }) {
  const { t } = useTranslation(["versions", "isolation"]);
  if (reports.length === 0) return null;
  return (
    <Section title={t("isolated.title")}>
      {reports.map((report) => (
        <div key={`${report.campaign} ${report.digest}`}>
          <Text mb="xs">
            {t("isolated.campaign", {
              campaign: report.campaign,
              method: t(`isolation:method.${report.method as "tone_in_noise"}`),
            })}{" "}
            <code>{report.digest.slice(0, 12)}</code>
          </Text>
          <Outcomes report={report} />
          {report.figures.length > 0 && <AudioFigures report={report} />}
          <Overruled report={report} />
        </div>
      ))}
    </Section>
  );
}

/** Clips of each stage by what became of their file's audit. */
function Outcomes({ report }: { report: Report }) {
  const { t } = useTranslation("versions");
  return (
    <Scroll>
      <Table miw={420}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("changes.modality")}</Table.Th>
            {OUTCOMES.map((one) => (
              <Table.Th key={one} ta="right">
                {t(`isolated.${one}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.stages.map((stage) => (
            <Table.Tr key={stage.modality}>
              <Table.Td>
                <ModalityMark modality={stage.modality} />
              </Table.Td>
              {OUTCOMES.map((one) => (
                <Table.Td key={one} ta="right">
                  {whole(stage[one])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** The noised audio against the clean voice. */
function AudioFigures({ report }: { report: Report }) {
  const { t } = useTranslation(["versions", "isolation"]);
  return (
    <Scroll minWidth={560}>
      <Table miw={520} mt="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("isolated.measure")}</Table.Th>
            <Table.Th ta="right">{t("isolated.median")}</Table.Th>
            <Table.Th ta="right">5 % … 95 %</Table.Th>
            <Table.Th ta="right">{t("isolated.threshold")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.figures.map((figure) => (
            <Table.Tr key={figure.name}>
              <Table.Td>{t(`isolation:figure.${figure.name as Measure}`)}</Table.Td>
              <Table.Td ta="right">{decimal(figure.median)}</Table.Td>
              <Table.Td ta="right">
                {decimal(figure.percentile_5)} … {decimal(figure.percentile_95)}
              </Table.Td>
              <Table.Td ta="right">
                {figure.threshold === null
                  ? "–"
                  : `${figure.high_is_bad ? "≤" : "≥"} ${decimal(figure.threshold)}`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** Files that were perceived although their audit had failed, and why. */
function Overruled({ report: { overrulings } }: { report: Report }) {
  const { t } = useTranslation("versions");
  if (overrulings.length === 0)
    return (
      <Text c="dimmed" size="sm" mt="xs">
        {t("isolated.noneOverruled")}
      </Text>
    );
  return (
    <details>
      <summary>
        {t("isolated.overruled")}: {whole(overrulings.length)}
      </summary>
      <ul>
        {overrulings.map((one) => (
          <li key={`${one.clip} ${one.modality}`}>
            {one.clip} <ModalityMark modality={one.modality} /> {one.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
