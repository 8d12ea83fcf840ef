import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/toast/index.ts'],
  platform: 'browser',
  unbundle: true,
  dts: true,
  sourcemap: true,
  copy: [{ from: 'src/styles.css', to: 'dist' }],
})
