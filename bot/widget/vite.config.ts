import { defineConfig } from "vitest/config";

// Two plain module files that the gateway serves from /static: the widget, which any shop's page can load,
// and the little script of the demo shop's own pages. `public/` (the pages' CSS) is copied beside them.
export default defineConfig({
  build: {
    target: "es2022",
    lib: {
      entry: { widget: "src/widget.ts", page: "src/page.ts" },
      formats: ["es"],
    },
  },
  test: { environment: "node", include: ["test/**/*.test.ts"] },
});
