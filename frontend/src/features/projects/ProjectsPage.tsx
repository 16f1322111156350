/** The projects that a person runs: how much is in them, what comes next, and what runs now. */
import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { hasEnded, type Job, useJobs } from "@/api/jobs";
import { type Project, useProjects } from "@/api/projects";
import { useSession } from "@/api/session";
import { whole } from "@/shared/format";
import { JobProgress } from "@/shared/jobs/JobProgress";
import { Facts } from "@/shared/parts/Facts";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Empty, Loaded } from "@/shared/parts/Notices";
import { Page, Section } from "@/shared/parts/Page";
import { MakeProject } from "./MakeProject";
import { NEXT_PAGE, nextStep } from "./next";
import look from "./projects.module.css";
import "./words";

const COUNTS = ["sources", "clips", "supervised", "labelled", "versions"] as const;
const SHOWN_JOBS = 8;

export default function ProjectsPage() {
  const { t } = useTranslation("projects");
  const projects = useProjects();
  const session = useSession().data;
  const [making, make] = useDisclosure(false);
  const mayMake = session?.user?.is_superuser || session?.roles.some((role) => role.kind === "admin");
  return (
    <Page title={t("title")} actions={mayMake && <Button onClick={make.open}>{t("make.title")}</Button>}>
      <MakeProject opened={making} onClose={make.close} />
      <Loaded query={projects}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty action={<code>.venv/bin/python manage.py load_sample</code>}>{t("none")}</Empty>
          ) : (
            rows.map((project) => <ProjectOverview key={project.id} project={project} />)
          )
        }
      </Loaded>
    </Page>
  );
}

function ProjectOverview({ project }: { project: Project }) {
  const { t } = useTranslation("projects");
  const step = nextStep(project.counts);
  return (
    <article className={look.project} aria-label={project.name}>
      <header className={look.head}>
        <h2>
          <Link to={`/projects/${project.id}`}>{project.name}</Link>
        </h2>
        {project.simulated && <SimulatedMark />}
        <Button component={Link} to={`/projects/${project.id}/${NEXT_PAGE[step]}`} ms="auto">
          {t(`next.${step}`)}
        </Button>
      </header>
      {project.description && (
        <Text c="dimmed" maw={720} mb="sm">
          {project.description}
        </Text>
      )}
      <Facts of={COUNTS.map((name) => [t(`counts.${name}`), whole(project.counts[name])] as const)} />
      <ProjectJobs project={project} />
    </article>
  );
}

/** Work that goes on or failed comes first; what succeeded follows. */
function mostUrgentFirst(jobs: readonly Job[]): Job[] {
  const urgency = (job: Job) => (hasEnded(job) ? (job.state === "failed" ? 1 : 2) : 0);
  return [...jobs].sort((one, other) => urgency(one) - urgency(other)).slice(0, SHOWN_JOBS);
}

function ProjectJobs({ project }: { project: Project }) {
  const { t } = useTranslation("projects");
  const jobs = useJobs(project.id);
  return (
    <Section title={t("jobs.title")} label={`${project.name}: ${t("jobs.title")}`}>
      <Loaded query={jobs}>
        {({ results }) =>
          results.length === 0 ? (
            <Text c="dimmed">{t("jobs.none")}</Text>
          ) : (
            <ul className={look.jobs}>
              {mostUrgentFirst(results as Job[]).map((job) => (
                <li key={job.id}>
                  <JobProgress job={job} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
