/** The keys of the labeling page, and what the scale means. */
import { Kbd, Modal, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";

const KEYS = [
  ["answer", ["1", "…", "7"]],
  ["select", ["←", "→"]],
  ["confirm", ["Enter"]],
  ["play", ["Space"]],
  ["undo", ["U"]],
  ["flag", ["X"]],
  ["standards", ["S"]],
  ["help", ["?"]],
] as const;

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("labeling");
  return (
    <Modal opened={opened} onClose={onClose} title={t("help.title")}>
      <Table withRowBorders={false}>
        <Table.Tbody>
          {KEYS.map(([what, keys]) => (
            <Table.Tr key={what}>
              <Table.Td w={110} style={{ whiteSpace: "nowrap" }}>
                {keys.map((key) => (key === "…" ? " – " : <Kbd key={key}>{key}</Kbd>))}
              </Table.Td>
              <Table.Td>{t(`help.${what}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <p>{t("help.scale")}</p>
    </Modal>
  );
}
