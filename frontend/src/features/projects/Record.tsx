/** The record of who changed what in a project, newest first. */
import { Button, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEvents } from "@/api/projects";
import { moment } from "@/shared/format";
import { Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";

export function Happenings({ project }: { project: string }) {
  const { t, i18n } = useTranslation(["projects", "shared"]);
  const query = useEvents(project);
  return (
    <Section title={t("events.title")}>
      <Loaded query={query}>
        {({ pages }) => {
          const events = pages.flatMap((page) => page.results);
          if (events.length === 0) return <Text c="dimmed">{t("events.none")}</Text>;
          return (
            <Scroll>
              <Table>
                <Table.Tbody>
                  {events.map((event) => (
                    <Table.Tr key={event.id}>
                      <Table.Td w={190}>{moment(event.at, i18n.language)}</Table.Td>
                      <Table.Td w={160}>{event.actor ?? t("events.command")}</Table.Td>
                      <Table.Td>
                        {t(`events.verbs.${event.verb}`, { defaultValue: event.verb })} <b>{event.subject}</b>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          );
        }}
      </Loaded>
      {query.hasNextPage && (
        <Button mt="sm" variant="default" loading={query.isFetching} onClick={() => query.fetchNextPage()}>
          {t("shared:action.more")}
        </Button>
      )}
    </Section>
  );
}
