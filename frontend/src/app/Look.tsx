/** The component library in the app's look, with its own few words in the person's language. */
import { localStorageColorSchemeManager, MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { theme } from "./theme";

const schemes = localStorageColorSchemeManager({ key: "cueset-scheme" });

export function Look({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const close = t("action.close");
  const spoken = useMemo(
    () =>
      mergeThemeOverrides(theme, { components: { CloseButton: { defaultProps: { "aria-label": close } } } }),
    [close],
  );
  return (
    <MantineProvider theme={spoken} defaultColorScheme="auto" colorSchemeManager={schemes}>
      {children}
    </MantineProvider>
  );
}
