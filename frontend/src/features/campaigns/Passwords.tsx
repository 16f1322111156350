/** Accounts made for new annotators, with passwords that are shown this once. */
import { Alert, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";

export function Passwords({ accounts }: { accounts: readonly Schemas["NewAccount"][] }) {
  const { t } = useTranslation("campaigns");
  return (
    <>
      <Alert variant="light">{t("form.accounts")}</Alert>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("form.username")}</Table.Th>
            <Table.Th>{t("form.password")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {accounts.map(({ username, password }) => (
            <Table.Tr key={username}>
              <Table.Td>{username}</Table.Td>
              <Table.Td>
                <code>{password}</code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}
