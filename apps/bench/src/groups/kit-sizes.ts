import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { measureSize } from '../../../../tools/measure-size.ts'
import { toRow } from '../row.ts'
import type { Row } from '../row.ts'

/** The app has it anyway, whoever's components it uses. */
const beside = ['react', 'react/jsx-runtime', 'react-dom']

const peers: readonly { readonly name: string; readonly code: string }[] = [
  { name: 'better-upload: hook', code: `export { useUploadFiles } from '@better-upload/client'` },
  { name: 'UploadThing: hook', code: `export { generateReactHelpers } from '@uploadthing/react'` },
  {
    name: 'UploadThing: drop zone',
    code: `export { generateUploadDropzone } from '@uploadthing/react'`,
  },
  { name: 'Uppy: core', code: `export { default } from '@uppy/core'` },
  {
    name: 'Uppy: core and XHR',
    code: `export { default as Core } from '@uppy/core'
      export { default as Xhr } from '@uppy/xhr-upload'`,
  },
  {
    name: 'Uppy: core, XHR, Dashboard for React',
    code: `export { default as Core } from '@uppy/core'
      export { default as Xhr } from '@uppy/xhr-upload'
      export { default as Dashboard } from '@uppy/react/dashboard'`,
  },
  {
    name: 'react-dropzone: a drop zone alone',
    code: `export { useDropzone } from 'react-dropzone'`,
  },
  { name: 'Radix: avatar', code: `export { Root, Image, Fallback } from '@radix-ui/react-avatar'` },
  { name: 'Radix: toast alone', code: `export * from '@radix-ui/react-toast'` },
]

/** Measures what the kit's entries cost a page, against the gates of `pnpm sizes`, beside what peers' do. Scripts only. */
export async function kitSizes({ signal }: { readonly signal: AbortSignal }): Promise<Row[]> {
  const ours = (await readSizes(signal)).filter(({ name }) => name.startsWith('react: '))
  const theirs = peers.map(async ({ name, code }) => {
    const figure = await measureSize({ name, code, beside }, 'apps/bench')
    return toRow({ group: 'kit-sizes', name, figure, unit: 'bytes' })
  })
  return [...ours.map(toOurRow), ...(await Promise.all(theirs))]
}

interface Size {
  readonly name: string
  readonly bytes: number
  readonly maxBytes: number
}

function toOurRow({ name, bytes, maxBytes }: Size): Row {
  const what = `ours: ${name.slice('react: '.length)}`
  return toRow({ group: 'kit-sizes', name: what, figure: bytes, unit: 'bytes', goal: maxBytes })
}

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** Asks `pnpm sizes`. It ends with 1 if a gate does not hold, and has written all the same. */
async function readSizes(signal: AbortSignal): Promise<readonly Size[]> {
  return new Promise((resolve, reject) => {
    const args = ['tools/sizes.ts', '--json']
    execFile(process.execPath, args, { cwd: root, signal }, (error, stdout) => {
      if (stdout === '') reject(error ?? new Error('The sizes are empty.'))
      else resolve(JSON.parse(stdout))
    })
  })
}
