import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/hono/index.ts', 'src/node/index.ts'],
  platform: 'neutral',
  unbundle: true,
  dts: true,
  sourcemap: true,
})
