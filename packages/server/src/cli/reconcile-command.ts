import { formatResult } from '../doctor/format-report.ts'
import type { Reconciled } from '../uploads/reconcile.ts'
import type { ReconcileOptions } from './command-options.ts'
import { noteJobs } from './do-written-jobs.ts'
import { openApp } from './open-app.ts'
import type { App } from './open-app.ts'
import { createStatus, print, printJson, toStyle } from './output.ts'
import { readAppSettings } from './read-app-settings.ts'
import { describeJobs, describeReconciled } from './describe-reconciled.ts'

/** Compares records and images, and tells what it found. Resolves to the exit code: 1 if images have vanished. */
export async function reconcileCommand(options: ReconcileOptions): Promise<0 | 1> {
  const app = await openApp(readAppSettings(process.env))
  try {
    return await run(app, options)
  } finally {
    await app.close()
  }
}

async function run(app: App, { mode, output }: ReconcileOptions): Promise<0 | 1> {
  const status = createStatus()
  const doJobs = noteJobs(app)
  status.show('images at Cloudflare')
  const found = await app.uploads.operator.reconcile({
    mode: mode === 'look' ? 'look' : 'mend',
    onProgress: (images) => status.show(`${images} images at Cloudflare`),
  })
  const jobs = await doJobs()
  status.clear()
  const ok = isWell(found) && jobs.dead === 0
  if (output === 'json') await printJson({ ok, dryRun: mode === 'look', ...found, jobs })
  else {
    const results = [
      ...describeReconciled(found, { mode, hasBytes: app.bytes !== undefined }),
      ...describeJobs(jobs),
    ]
    await print(results.map((result) => formatResult(result, toStyle())).join(''))
  }
  return ok ? 0 : 1
}

/** What can be mended was; only a vanished image is for a person to look at. */
function isWell({ vanished }: Reconciled): boolean {
  return vanished.length === 0
}
