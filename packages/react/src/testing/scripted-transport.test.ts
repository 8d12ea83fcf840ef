import { expect, it } from 'vitest'
import { describeUploadTransport, parkedImage } from '../test-support/describe-upload-transport.ts'
import type { TransferScenario } from '../test-support/describe-upload-transport.ts'
import { createScriptedTransport } from './scripted-transport.ts'
import type { TransferStep } from './scripted-transport.ts'

const scripts: Record<TransferScenario, readonly TransferStep[]> = {
  accept: [
    { type: 'progress', fraction: 0.5 },
    { type: 'progress', fraction: 1 },
    { type: 'arrive' },
  ],
  refuse: [{ type: 'fail', code: 'file_refused_by_host', cloudflareCode: 5455 }],
  break: [
    { type: 'progress', fraction: 0.3 },
    { type: 'fail', code: 'transfer_interrupted' },
  ],
  hang: [{ type: 'progress', fraction: 0.3 }],
}

const serverScripts: typeof scripts = {
  ...scripts,
  accept: [...scripts.accept.slice(0, 2), { type: 'arrive', image: parkedImage }],
  refuse: [{ type: 'fail', code: 'upload_conflict', retryAfterMs: 3000 }],
}

describeUploadTransport('The scripted transport', async (scenario, to) => ({
  transport: createScriptedTransport([(to === 'host' ? scripts : serverScripts)[scenario]]),
  url: 'https://upload.test/1',
}))

it('plays one script per upload, and the last one for all that follow', async () => {
  const transport = createScriptedTransport([scripts.refuse, scripts.accept])
  const options = {
    target: { to: 'host', url: 'https://upload.test/1' },
    filename: 'cat.png',
    signal: new AbortController().signal,
    onProgress: () => undefined,
  } as const
  const results = []
  for (let count = 0; count < 3; count += 1) {
    results.push((await transport.upload(new Blob(['x']), options)).status)
  }
  expect(results).toEqual(['failed', 'arrived', 'arrived'])
})
