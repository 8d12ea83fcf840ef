/** `pnpm sizes`: what a user pays for each entry, against its budget. With `--json`, for machines. */
import { gzipSync } from 'node:zlib'
import { bundleStyles } from './bundle-styles.ts'
import { KIB, measureSize, serverSizes } from './measure-size.ts'
import type { Gate } from './measure-size.ts'

const react = ['react', 'react/jsx-runtime', 'react-dom']

/** A budget goes up only with what an entry can newly do, as it did with the upload ladder, and with what an image tells of rights. */
const entries: readonly Gate[] = [
  {
    name: 'react: the engine alone',
    code: `export { createUploader } from '@lightfast/react'`,
    maxBytes: 13.8 * KIB,
  },
  {
    name: 'react: the hook with its engine',
    code: `export { useImageUpload } from '@lightfast/react'`,
    maxBytes: 14.1 * KIB,
  },
  {
    name: 'react: the ready-made upload area',
    code: `export { ImageUploadArea, useImageUpload } from '@lightfast/react'`,
    maxBytes: 22.8 * KIB,
  },
  {
    name: 'react: avatar',
    code: `export { AvatarFallback, AvatarImage, AvatarRoot } from '@lightfast/react'`,
    maxBytes: 2.5 * KIB,
  },
  {
    // Most of it is the shared loader, which an avatar has too. The likeness is drawn by a chunk of its own.
    name: 'react: picture',
    code: `export { Picture } from '@lightfast/react'`,
    beside: [...react, '*/draw-thumbhash.ts'],
    maxBytes: 3.2 * KIB,
  },
  {
    name: 'react: avatar upload',
    code: `export { AvatarUploadArea, useAvatarUpload } from '@lightfast/react'`,
    maxBytes: 24 * KIB,
  },
  {
    name: 'react: crop dialog',
    code: `export { CropDialog } from '@lightfast/react/crop'`,
    maxBytes: 12 * KIB,
  },
  {
    name: 'react: toasts',
    code: `export { UploadToasts } from '@lightfast/react/toast'`,
    maxBytes: 18 * KIB,
  },
  {
    name: 'react: before the upload',
    code: `export { createImageProcessor } from '@lightfast/react/process'`,
    maxBytes: 5 * KIB,
  },
  {
    name: 'react: its worker',
    code: `import '../../packages/react/src/process/process-worker.ts'`,
    maxBytes: 1.5 * KIB,
  },
  {
    name: 'core: check a file',
    code: `export { checkFile } from '@lightfast/core'`,
    maxBytes: 3 * KIB,
  },
  ...Object.values(serverSizes).map((gate) => ({ ...gate, name: `server: ${gate.name}` })),
]

const sizes = await Promise.all(
  entries.map(async (entry) => ({
    ...entry,
    bytes: await measureSize({ beside: react, ...entry }),
  })),
)
const css = await bundleStyles('minified')
const all = [
  ...sizes,
  { name: 'react: styles.css', bytes: gzipSync(css).length, maxBytes: 6 * KIB },
]
const rows = all.map(({ name, bytes, maxBytes }) => ({
  name,
  bytes,
  maxBytes,
  holds: bytes <= maxBytes,
}))

if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2))
else for (const row of rows) console.log(toLine(row))
process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1

function toLine(row: (typeof rows)[number]): string {
  const [size, budget] = [row.bytes, row.maxBytes].map((bytes) =>
    (bytes / KIB).toFixed(1).padStart(5),
  )
  return `${row.holds ? 'ok  ' : 'OVER'} ${size} of ${budget} KiB gzip  ${row.name}`
}
