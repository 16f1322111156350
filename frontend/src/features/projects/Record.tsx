/** The record of who changed what in a project, newest first. */
import { Button, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/api/client";
import { useEvents } from "@/api/projects";
import { moment } from "@/shared/format";
import { Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { named, pageOf, together } from "./happenings";

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
                  {together(events).map(({ event, times }) => (
                    <Table.Tr key={event.id}>
                      <Table.Td w={{ base: 110, sm: 190 }}>{moment(event.at, i18n.language)}</Table.Td>
                      <Table.Td w={{ base: 80, sm: 160 }}>{event.actor ?? t("events.command")}</Table.Td>
                      <Table.Td>
                        <What event={event} project={project} />
                        {times > 1 && ` ${t("events.times", { count: times })}`}
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

/** Enough of an id to tell two apart by eye. */
const SHORT = 8;

function What({ event, project }: { event: Schemas["Event"]; project: string }) {
  const { t } = useTranslation("projects");
  const { verb, subject } = named(event);
  const page = pageOf(event);
  return (
    <>
      {t(`events.verbs.${verb}`, { defaultValue: verb })}{" "}
      <b>{page ? <Link to={`/projects/${project}/${page}`}>{subject.slice(0, SHORT)}</Link> : subject}</b>
    </>
  );
}
