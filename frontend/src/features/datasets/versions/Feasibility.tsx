/** What could be kept together in one split, and which classes some split must lack. */
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { whole } from "@/shared/format";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";

type Judgement = Schemas["GroupingJudgement"];

export function Feasibility({ found }: { found: Schemas["Feasibility"] }) {
  const { t } = useTranslation(["versions", "shared"]);
  return (
    <Section title={t("splits.feasible")}>
      <Scroll>
        <Table miw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("splits.together")}</Table.Th>
              <Table.Th ta="right">{t("splits.groups")}</Table.Th>
              <Table.Th ta="right">{t("splits.largest")}</Table.Th>
              <Table.Th>{t("splits.verdict")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.groupings.map((one) => (
              <Table.Tr key={one.split_by}>
                <Table.Td>{t(`splits.by.${one.split_by as "speaker" | "source" | "clip"}`)}</Table.Td>
                <Table.Td ta="right">{whole(one.groups)}</Table.Td>
                <Table.Td ta="right">{whole(one.largest)}</Table.Td>
                <Table.Td>{t(`splits.${verdict(one)}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      {found.scarce.map((one) => (
        <Text key={one.name} size="sm" mt={4}>
          {t("splits.scarce", {
            name: t(`shared:class.${one.name as "NEG"}`),
            count: one.clips,
          })}
        </Text>
      ))}
    </Section>
  );
}

function verdict(one: Judgement): "tooFew" | "tooLarge" | "possible" {
  if (!one.feasible) return "tooFew";
  return one.near_shares ? "possible" : "tooLarge";
}
