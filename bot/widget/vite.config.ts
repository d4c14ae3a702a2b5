import { defineConfig } from "vitest/config";

// Two plain module files that the gateway serves from /static: the widget, which any shop's page can load,
// and the little script of the demo shop's own pages. `public/` (the pages' CSS) is copied beside them.
export default defineConfig({
  build: {
    target: "es2022",
    modulePreload: false,
    rollupOptions: {
      input: { widget: "src/widget.ts", page: "src/page.ts" },
      output: { entryFileNames: "[name].js" },
    },
  },
  test: { environment: "node", include: ["test/**/*.test.ts"] },
});
