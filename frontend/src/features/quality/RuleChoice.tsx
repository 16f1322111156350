/** The campaign's rule with its meaning; an admin chooses another. */
import { Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { RULES, type Rule, useChooseRule } from "./rulesHooks";

interface RuleChoiceProps {
  campaign: string;
  rule: Rule;
  mayChange: boolean;
}

export function RuleChoice({ campaign, rule, mayChange }: RuleChoiceProps) {
  const { t } = useTranslation("quality");
  const choose = useChooseRule(campaign);
  const nameOf = (one: Rule) => t(`rule.${one}`, { ns: "shared" });
  return (
    <Section title={t("rules.choose")}>
      {mayChange ? (
        <Select
          aria-label={t("rules.choose")}
          w={280}
          maw="100%"
          allowDeselect={false}
          disabled={choose.isPending}
          data={RULES.map((value) => ({ value, label: nameOf(value) }))}
          value={rule}
          onChange={(value) => value && value !== rule && choose.mutate(value)}
        />
      ) : (
        <Text fw={600}>{nameOf(rule)}</Text>
      )}
      <Text maw={760} mt="xs">
        {t(`ruleWhy.${rule}`, { ns: "shared" })}
      </Text>
      <Text c="dimmed" maw={760}>
        {t("rules.chooseHint")}
      </Text>
      {choose.error && <Failure error={choose.error} />}
    </Section>
  );
}
