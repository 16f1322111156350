/** One project: what it is, who takes part in it, and the record of what happened. */
import { Button, Stack, Textarea, TextInput } from "@mantine/core";
import { type ChangeEvent, type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { type Project, useChangeProject, useProject } from "@/api/projects";
import { isAdmin, useSession } from "@/api/session";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Page, Section } from "@/shared/parts/Page";
import { Members } from "./Members";
import { Happenings } from "./Record";
import { Sources } from "./Sources";
import "./words";

export default function ProjectPage() {
  const { project = "" } = useParams();
  return <Loaded query={useProject(project)}>{(found) => <ProjectContents project={found} />}</Loaded>;
}

function ProjectContents({ project }: { project: Project }) {
  const { t } = useTranslation("projects");
  const session = useSession().data;
  const mayChange = session !== undefined && isAdmin(session, project.id);
  return (
    <Page
      title={project.name}
      under={{ to: "/projects", name: t("title") }}
      marks={project.simulated && <SimulatedMark />}
    >
      <Section title={t("about.title")}>
        {mayChange ? (
          <About key={project.id} project={project} />
        ) : (
          <p>{project.description || t("about.none")}</p>
        )}
      </Section>
      <Sources project={project.id} mayChange={mayChange} />
      <Members project={project.id} mayChange={mayChange} />
      <Happenings project={project.id} />
    </Page>
  );
}

function About({ project }: { project: Project }) {
  const { t } = useTranslation(["projects", "shared"]);
  const change = useChangeProject(project.id);
  const [said, setSaid] = useState({
    description: project.description ?? "",
    licence: project.licence ?? "",
    collection: project.collection ?? "",
    consent: project.consent ?? "",
  });
  const same = (Object.keys(said) as (keyof typeof said)[]).every((name) => said[name] === project[name]);
  const say = (name: keyof typeof said) => (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    setSaid({ ...said, [name]: event.currentTarget.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(said);
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={720} align="stretch">
        <Textarea
          label={t("make.description")}
          autosize
          minRows={2}
          value={said.description}
          onChange={say("description")}
        />
        <TextInput
          label={t("about.licence")}
          description={t("about.licenceHint")}
          maxLength={200}
          value={said.licence}
          onChange={say("licence")}
        />
        {(["collection", "consent"] as const).map((name) => (
          <Textarea
            key={name}
            label={t(`about.${name}`)}
            description={t(`about.${name}Hint`)}
            autosize
            minRows={2}
            value={said[name]}
            onChange={say(name)}
          />
        ))}
        {change.error && <Failure error={change.error} />}
        <Button
          type="submit"
          variant="default"
          disabled={same}
          loading={change.isPending}
          style={{ alignSelf: "start" }}
        >
          {t("shared:action.save")}
        </Button>
      </Stack>
    </form>
  );
}
