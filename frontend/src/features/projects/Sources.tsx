/** The project's videos, where they come from, and what the people in them agreed to. */
import { Button, Checkbox, Group, Modal, Select, Stack, Table, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Lacking, type Source, useDescribeSources, useSources } from "@/api/projects";
import { whole } from "@/shared/format";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";

export function Sources({ project, mayChange }: { project: string; mayChange: boolean }) {
  const { t } = useTranslation(["projects", "shared"]);
  const [lacking, setLacking] = useState<Lacking>();
  const [chosen, setChosen] = useState<readonly Source[]>([]);
  const [describing, setDescribing] = useState(false);
  const query = useSources(project, lacking);
  const none = !lacking && query.data?.pages[0]?.results.length === 0;
  const done = () => {
    setDescribing(false);
    setChosen([]);
  };
  return (
    <Section title={t("sources.title")}>
      {!none && (
        <Group align="end" gap="sm" mb="sm">
          <Select
            label={t("sources.show")}
            allowDeselect={false}
            data={[
              { value: "", label: t("sources.all") },
              { value: "origin", label: t("sources.lackingOrigin") },
              { value: "consent", label: t("sources.lackingConsent") },
            ]}
            value={lacking ?? ""}
            onChange={(value) => {
              setLacking((value || undefined) as Lacking | undefined);
              setChosen([]);
            }}
          />
          {mayChange && (
            <Button variant="default" disabled={chosen.length === 0} onClick={() => setDescribing(true)}>
              {t("sources.describe", { count: chosen.length })}
            </Button>
          )}
        </Group>
      )}
      <Loaded query={query}>
        {({ pages }) => (
          <SourceTable
            sources={pages.flatMap((page) => page.results)}
            none={t(lacking ? "sources.noneLacking" : "sources.none")}
            chosen={chosen}
            choose={mayChange ? setChosen : undefined}
          />
        )}
      </Loaded>
      {query.hasNextPage && (
        <Button mt="sm" variant="default" loading={query.isFetching} onClick={() => query.fetchNextPage()}>
          {t("shared:action.more")}
        </Button>
      )}
      <Modal
        opened={describing}
        onClose={() => setDescribing(false)}
        title={t("sources.dialog", { count: chosen.length })}
      >
        <Describe project={project} chosen={chosen} onDone={done} />
      </Modal>
    </Section>
  );
}

interface SourceTableProps {
  sources: readonly Source[];
  none: string;
  chosen: readonly Source[];
  /** Missing for those who may only look. */
  choose: ((chosen: readonly Source[]) => void) | undefined;
}

function SourceTable({ sources, none, chosen, choose }: SourceTableProps) {
  const { t } = useTranslation("projects");
  if (sources.length === 0) return <Text c="dimmed">{none}</Text>;
  const all = chosen.length === sources.length;
  const has = (source: Source) => chosen.some((one) => one.id === source.id);
  const toggle = (source: Source) =>
    choose?.(has(source) ? chosen.filter((one) => one.id !== source.id) : [...chosen, source]);
  return (
    <Scroll>
      <Table miw={560} maw={960}>
        <Table.Thead>
          <Table.Tr>
            {choose && (
              <Table.Th w={36}>
                <Checkbox
                  aria-label={t("sources.chooseAll")}
                  checked={all}
                  indeterminate={chosen.length > 0 && !all}
                  onChange={() => choose(all ? [] : sources)}
                />
              </Table.Th>
            )}
            <Table.Th>{t("sources.name")}</Table.Th>
            <Table.Th ta="right">{t("sources.clips")}</Table.Th>
            <Table.Th>{t("sources.origin")}</Table.Th>
            <Table.Th>{t("sources.consent")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sources.map((source) => (
            <Table.Tr key={source.id}>
              {choose && (
                <Table.Td>
                  <Checkbox
                    aria-label={t("sources.choose", { name: source.video_id })}
                    checked={has(source)}
                    onChange={() => toggle(source)}
                  />
                </Table.Td>
              )}
              <Table.Td>{source.video_id}</Table.Td>
              <Table.Td ta="right">{whole(source.clips)}</Table.Td>
              <Table.Td>{source.origin || "–"}</Table.Td>
              <Table.Td>{source.consent || "–"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

interface DescribeProps {
  project: string;
  chosen: readonly Source[];
  onDone: () => void;
}

/** One origin and one consent for all that were chosen; of a single one, what is recorded can be changed or emptied. */
function Describe({ project, chosen, onDone }: DescribeProps) {
  const { t } = useTranslation(["projects", "shared"]);
  const describe = useDescribeSources(project);
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const [origin, setOrigin] = useState(only?.origin ?? "");
  const [consent, setConsent] = useState(only?.consent ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = only ? { origin, consent } : { ...(origin && { origin }), ...(consent && { consent }) };
    describe.mutate(
      chosen.map(({ video_id }) => ({ video_id, ...said })),
      { onSuccess: onDone },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Textarea
          data-autofocus
          label={t("sources.origin")}
          description={t("sources.originHint")}
          maxLength={500}
          autosize
          value={origin}
          onChange={(event) => setOrigin(event.currentTarget.value)}
        />
        <Textarea
          label={t("sources.consent")}
          description={t("sources.consentHint")}
          maxLength={500}
          autosize
          value={consent}
          onChange={(event) => setConsent(event.currentTarget.value)}
        />
        {!only && (
          <Text size="xs" c="dimmed">
            {t("sources.keeps")}
          </Text>
        )}
        {describe.error && <Failure error={describe.error} />}
        <Button type="submit" disabled={!only && !origin && !consent} loading={describe.isPending}>
          {t("shared:action.save")}
        </Button>
      </Stack>
    </form>
  );
}
