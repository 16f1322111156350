/** The entry: look, words, server data, routes. */
import "@mantine/core/styles.css";
import "./look.css";
import "@/shared/words";
import "./words";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { queries } from "./queries";
import { router } from "./routes";
import { theme } from "./theme";

const schemes = localStorageColorSchemeManager({ key: "cueset-scheme" });

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemes}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
