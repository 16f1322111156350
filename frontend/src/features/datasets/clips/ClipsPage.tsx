/** The project's clips: dense, filtered by the address, with a preview that has an address too. */
import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { useProject } from "@/api/projects";
import { isAdmin, useSession } from "@/api/session";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Empty, Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import "../words";
import { ClipDrawer } from "./ClipDrawer";
import { ClipFilters } from "./ClipFilters";
import { ClipTable } from "./ClipTable";
import { cursorOf, isFiltered, queryOf } from "./filters";
import { useClips } from "./hooks";
import { ImportDialog } from "./ImportDialog";

export default function ClipsPage() {
  const { t } = useTranslation("datasets");
  const { project = "" } = useParams();
  const [address, setAddress] = useSearchParams();
  const session = useSession().data;
  const info = useProject(project).data;
  const clips = useClips(queryOf(project, address));
  const mayImport = session !== undefined && isAdmin(session, project);

  const change = (name: string, value: string | null) =>
    setAddress((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    });
  const importButton = mayImport && (
    <Button leftSection={<IconUpload size={16} />} variant="default" onClick={() => change("import", "1")}>
      {t("clips.import")}
    </Button>
  );
  return (
    <Page title={t("clips.title")} marks={info?.simulated && <SimulatedMark />} actions={importButton}>
      {info?.counts.clips !== 0 && <ClipFilters project={project} address={address} onChange={setAddress} />}
      <Loaded query={clips}>
        {({ results, next }) =>
          results.length === 0 ? (
            <Empty action={!isFiltered(address) && importButton}>
              {t(isFiltered(address) ? "clips.noneFound" : "clips.none")}
            </Empty>
          ) : (
            <>
              <ClipTable clips={results} onOpen={(id) => change("clip", id)} />
              <Pages
                next={cursorOf(next)}
                paged={address.has("cursor")}
                onTurn={(to) => change("cursor", to)}
              />
            </>
          )
        }
      </Loaded>
      <ClipDrawer id={address.get("clip")} onClose={() => change("clip", null)} />
      {mayImport && (
        <ImportDialog
          project={project}
          opened={address.has("import")}
          onClose={() => change("import", null)}
        />
      )}
    </Page>
  );
}

interface PagesProps {
  next: string | null;
  paged: boolean;
  onTurn: (cursor: string | null) => void;
}

function Pages({ next, paged, onTurn }: PagesProps) {
  const { t } = useTranslation("datasets");
  return (
    <Button.Group mt="md">
      {paged && (
        <Button variant="default" onClick={() => onTurn(null)}>
          {t("clips.first")}
        </Button>
      )}
      {next && (
        <Button variant="default" onClick={() => onTurn(next)}>
          {t("clips.next")}
        </Button>
      )}
    </Button.Group>
  );
}
