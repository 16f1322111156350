/** Supervised clips that a version cannot take, and which labels they lack. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Statistics } from "@/api/versions";
import { whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { MODALITIES } from "@/shared/vocabulary/modality";
import own from "../datasets.module.css";

export function LeftOut({ leftOut }: { leftOut: Statistics["left_out"] }) {
  const { t } = useTranslation("datasets");
  if (leftOut.clips === 0)
    return (
      <Text c="dimmed" mt="sm">
        {t("version.leftOutNone")}
      </Text>
    );
  return (
    <details className={own.leftOut}>
      <summary>
        {t("version.leftOut")}: {whole(leftOut.clips)}
      </summary>
      <p className={own.missing}>
        {t("version.missing")}:
        {MODALITIES.map((modality) => (
          <span key={modality}>
            <ModalityMark modality={modality} /> {whole(leftOut.missing[modality])}
          </span>
        ))}
      </p>
      <ul className={own.wordsList}>
        {leftOut.names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  );
}
