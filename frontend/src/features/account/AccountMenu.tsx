/** Language, colours, password, and the way out. */
import { Menu, Modal, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSignOut } from "@/api/session";
import look from "./menu.module.css";
import { PasswordForm } from "./PasswordForm";
import { LanguageSwitch, SchemeSwitch } from "./Switches";
import "./words";

export function AccountMenu({ username, compact }: { username: string; compact?: boolean }) {
  const { t } = useTranslation("account");
  const [passwordOpen, password] = useDisclosure(false);
  const signOut = useSignOut();
  return (
    <>
      <Menu position={compact ? "bottom-end" : "top-start"} width={272} closeOnItemClick>
        <Menu.Target>
          <UnstyledButton className={look.target} aria-label={t("menu.open", { name: username })}>
            <IconUserCircle size={20} aria-hidden />
            {!compact && <span>{username}</span>}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {compact && <Menu.Label>{username}</Menu.Label>}
          <Menu.Label>{t("menu.language")}</Menu.Label>
          <div className={look.control}>
            <LanguageSwitch />
          </div>
          <Menu.Label>{t("menu.scheme")}</Menu.Label>
          <div className={look.control}>
            <SchemeSwitch />
          </div>
          <Menu.Divider />
          <Menu.Item leftSection={<IconKey size={16} />} onClick={password.open}>
            {t("menu.password")}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
            {t("menu.signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={passwordOpen} onClose={password.close} title={t("password.title")}>
        <PasswordForm username={username} />
      </Modal>
    </>
  );
}
