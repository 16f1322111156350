/** Where text is masked in each source, and a way to draw it oneself. */
import { Button, Modal, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { whole } from "@/shared/format";
import { Failure, Waiting } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { type SourceRegions, useSources } from "./hooks";
import own from "./isolation.module.css";
import { RegionEditor } from "./RegionEditor";

export function Regions({ campaign, mayChange }: { campaign: string; mayChange: boolean }) {
  const { t } = useTranslation("isolation");
  const query = useSources(campaign);
  const [drawing, draw] = useState<SourceRegions | null>(null);
  const rows = query.data?.pages.flatMap((page) => page.results);
  return (
    <Section title={t("regions.title")}>
      {query.error && <Failure error={query.error} retry={query.refetch} />}
      {!rows && !query.error && <Waiting />}
      {rows && (
        <Scroll>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("regions.source")}</Table.Th>
                <Table.Th className={own.number}>{t("regions.clips")}</Table.Th>
                <Table.Th>{t("regions.state")}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Td>{row.video_id}</Table.Td>
                  <Table.Td className={`${own.number} figures`}>{whole(row.clips)}</Table.Td>
                  <Table.Td>
                    <Masked source={row} />
                  </Table.Td>
                  <Table.Td className={own.number}>
                    {mayChange && row.picture_url && (
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={`${t("regions.draw")} ${row.video_id}`}
                        onClick={() => draw(row)}
                      >
                        {t("regions.draw")}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {query.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => query.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      <Modal opened={drawing !== null} onClose={() => draw(null)} title={drawing?.video_id} size="xl">
        {drawing && <RegionEditor campaign={campaign} source={drawing} onDone={() => draw(null)} />}
      </Modal>
    </Section>
  );
}

function Masked({ source }: { source: SourceRegions }) {
  const { t } = useTranslation("isolation");
  const origin = source.drawn_at
    ? t("regions.drawnBy", { name: source.drawn_by ?? "–" })
    : t(source.examined ? "regions.found" : "regions.unread");
  return (
    <Text span>
      {(source.examined || source.drawn_at) && `${t("regions.boxes", { count: source.boxes.length })} · `}
      {origin}
    </Text>
  );
}
