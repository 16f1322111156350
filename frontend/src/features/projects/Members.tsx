/** Who takes part in a project and as what; a new account's password is shown this once. */
import { Alert, Button, Group, Select, Table, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Member, useAddMember, useMembers, useRemoveMember } from "@/api/projects";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";

const KINDS = ["admin", "researcher", "annotator"] as const;

export function Members({ project, mayChange }: { project: string; mayChange: boolean }) {
  const { t } = useTranslation("projects");
  return (
    <Section title={t("members.title")}>
      <Loaded query={useMembers(project)}>
        {(members) => <MemberTable project={project} members={members} mayChange={mayChange} />}
      </Loaded>
      {mayChange && <AddMember project={project} />}
    </Section>
  );
}

interface MemberTableProps {
  project: string;
  members: readonly Member[];
  mayChange: boolean;
}

function MemberTable({ project, members, mayChange }: MemberTableProps) {
  const { t } = useTranslation(["projects", "shared"]);
  const remove = useRemoveMember(project);
  return (
    <>
      <Scroll>
        <Table maw={720}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("members.username")}</Table.Th>
              <Table.Th>{t("members.kind")}</Table.Th>
              {mayChange && <Table.Th aria-label={t("members.remove")} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => (
              <Table.Tr key={member.id}>
                <Table.Td>{member.username}</Table.Td>
                <Table.Td>{t(`shared:role.${member.kind}`)}</Table.Td>
                {mayChange && (
                  <Table.Td ta="right">
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="gray"
                      aria-label={t("members.removeNamed", { name: member.username })}
                      loading={remove.isPending && remove.variables === member.id}
                      onClick={() => remove.mutate(member.id)}
                    >
                      {t("members.remove")}
                    </Button>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      {remove.error && <Failure error={remove.error} />}
    </>
  );
}

function AddMember({ project }: { project: string }) {
  const { t } = useTranslation(["projects", "shared"]);
  const add = useAddMember(project);
  const [username, setUsername] = useState("");
  const [kind, setKind] = useState<Member["kind"]>("researcher");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ username, kind }, { onSuccess: () => setUsername("") });
  };
  return (
    <form onSubmit={submit}>
      <Group mt="md" align="end" gap="sm">
        <TextInput
          label={t("members.username")}
          required
          maxLength={150}
          autoComplete="off"
          spellCheck={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <Select
          label={t("members.kind")}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`shared:role.${value}`) }))}
          value={kind}
          onChange={(value) => value && setKind(value as Member["kind"])}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t("members.add")}
        </Button>
      </Group>
      {add.data?.password && (
        <Alert mt="md" maw={720} variant="light" role="status">
          {t("members.password", { name: add.data.username })} <code>{add.data.password}</code>
        </Alert>
      )}
      {add.error && <Failure error={add.error} />}
    </form>
  );
}
