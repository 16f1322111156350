/** The entry: look, words, server data, routes. */
import "./library.css";
import "./look.css";
import "@/shared/words";
import "./words";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { sessionQuery } from "@/api/session";
import { Look } from "./Look";
import { queries } from "./queries";
import { router } from "./routes";

void queries.prefetchQuery(sessionQuery);

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <Look>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Look>
  </StrictMode>,
);
