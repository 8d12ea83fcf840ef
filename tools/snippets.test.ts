import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Inside the demo, because only there do all packages resolve as they would for a user. */
const folder = 'apps/demo/.snippets'
const documents = globSync([
  'README.md',
  'CONTRIBUTING.md',
  'docs/**/*.md',
  'packages/*/README.md',
  'packages/*/docs/*.mdx',
])

const snippets = documents.flatMap(readSnippets)

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { name, code } of snippets) writeFileSync(join(folder, name), code)
  writeFileSync(join(folder, 'session.ts'), sessionOfTheApp)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every snippet of the documentation compiles against the packages as they are', () => {
  expect(snippets.length).toBeGreaterThanOrEqual(6)
  const { stdout } = spawnSync('tsc', ['-p', folder], { encoding: 'utf8' })
  expect(stdout).toBe('')
}, 60_000)

// Components need a browser, and those that read the environment a Cloudflare account.
const runnable = snippets.filter(
  ({ name, code }) => name.endsWith('.ts') && !code.includes('process.env'),
)

test.each(runnable)(
  '$name runs',
  ({ name }) => {
    const { status, stderr } = spawnSync(process.execPath, [name], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([0, ''])
  },
  30_000,
)

interface Snippet {
  readonly name: string
  readonly code: string
}

/** A snippet that is only a piece of markup is put into a component that has what it names. */
function readSnippets(path: string): Snippet[] {
  const blocks = [...readFileSync(path, 'utf8').matchAll(/^```(tsx?)\n(.*?)^```/gms)]
  return blocks.map(([, language, code = ''], at) => ({
    name: `${path.replaceAll(/[/.]/g, '-')}-${at}.${language}`,
    code:
      language === 'tsx' && !code.includes('export function')
        ? toComponent(code)
        : `${code}\nexport {}\n`,
  }))
}

function toComponent(code: string): string {
  const imports = code.match(/^import .*$/gm) ?? []
  const markup = code.replaceAll(/^import .*$/gm, '').trim()
  return `import { Avatar, ImageUpload } from '@lightfast/react'
import type { UploadControl } from '@lightfast/react'
${imports.join('\n')}
export function Snippet({ upload, url }: { upload: UploadControl; url: string }) {
  return <>{void [Avatar, ImageUpload, upload, url]}${markup}</>
}
`
}

/** What an app would have of its own. */
const sessionOfTheApp = `import type { Authenticate } from '@lightfast/server'
export const readSession: Authenticate = async () => null
`

const configuration = {
  extends: '../../../tsconfig.json',
  compilerOptions: { noPropertyAccessFromIndexSignature: false, noUnusedLocals: false },
  include: ['*.ts', '*.tsx'],
}
