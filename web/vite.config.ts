// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vite';

// The daemon a developer's page talks to: USINE_URL=http://127.0.0.1:8770 npm run dev
const daemon = process.env.USINE_URL ?? 'http://127.0.0.1:8750';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2020',
    assetsInlineLimit: 0, // nothing inline: the content security policy forbids data: scripts and styles
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': daemon } },
});
