import { createImagesClient } from '../client/create-images-client.ts'
import type { KeysResource } from '../client/keys.ts'
import { finishRotation, readRotation } from '../delivery/rotate-keys.ts'
import type { Rotation } from '../delivery/rotate-keys.ts'
import { ok, skip, warn } from '../doctor/check.ts'
import type { CheckResult } from '../doctor/check.ts'
import { formatResult } from '../doctor/format-report.ts'
import type { KeysOptions } from './command-options.ts'
import { confirm } from './confirm.ts'
import { InvalidCommandError } from './invalid-command-error.ts'
import { print, printJson, toPrintable, toStyle } from './output.ts'
import { readAccount } from './read-app-settings.ts'

/** Takes the next step of a rotation of signing keys. Resolves to the exit code: 1 if a person said no. */
export async function keysCommand(options: KeysOptions): Promise<0 | 1> {
  checkTerminal(options)
  const { accountId, apiToken, baseUrl } = readAccount(process.env)
  const { keys } = createImagesClient({ accountId, apiToken, baseUrl, logger: silent })
  const rotation = readRotation(await keys.list(), options.old)
  const step = toStep(rotation, options)
  if (options.mode === 'act') {
    if (step.status === 'finished' && !(await isWanted(step, options))) return 1
    await carryOut(keys, step, rotation)
  }
  await report(step, options)
  if (options.value === 'show' && step.status !== 'finished') await showValue(keys, step.newer)
  return 0
}

/** Where the rotation is after this step. A dry run tells the same. */
interface Step {
  readonly status: 'added' | 'waiting' | 'finished' | 'resting'
  readonly newer: string
  readonly older: string | null
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

function checkTerminal({ step, mode, consent, value }: KeysOptions): void {
  if (value === 'show' && !process.stdout.isTTY) {
    throw new InvalidCommandError('--show-value shows a secret: it needs a terminal.')
  }
  const asks = step === 'finish' && mode === 'act' && consent === 'ask'
  if (asks && !process.stdin.isTTY) {
    throw new InvalidCommandError(
      'keys rotate --finish deletes: without a terminal it needs --yes.',
    )
  }
}

function toStep(rotation: Rotation, { step }: KeysOptions): Step {
  if (rotation.status === 'rotating') {
    const { newer, older } = rotation
    return { status: step === 'finish' ? 'finished' : 'waiting', newer, older }
  }
  const { current, add } = rotation
  if (step === 'finish') return { status: 'resting', newer: current, older: null }
  return { status: 'added', newer: add, older: current }
}

async function isWanted({ older }: Step, { consent }: KeysOptions): Promise<boolean> {
  if (consent === 'given') return true
  const { stdin: input, stderr } = process
  const question = `Delete the key ${toPrintable(older ?? '')}? Every URL that it signed stops working.`
  const isGiven = await confirm(question, { input, output: stderr })
  if (!isGiven) stderr.write('Nothing was deleted.\n')
  return isGiven
}

async function carryOut(keys: KeysResource, step: Step, rotation: Rotation): Promise<void> {
  if (step.status === 'added') await keys.create(step.newer)
  if (step.status === 'finished' && rotation.status === 'rotating') {
    await finishRotation(keys, rotation)
  }
}

async function report(step: Step, { mode, output }: KeysOptions): Promise<void> {
  const isDry = mode === 'look'
  if (output === 'json') return printJson({ ok: true, dryRun: isDry, ...step })
  const results = describeStep(step, isDry ? 'would be' : 'was')
  await print(results.map((result) => formatResult(result, toStyle())).join(''))
}

const switching =
  'Give both keys to every process, the newer one first: importAccountKeys does it with what client.keys.list() answers. Wait until the last URL of the older key has expired. Then: lightfast keys rotate --finish'

function describeStep({ status, newer, older }: Step, verb: string): readonly CheckResult[] {
  switch (status) {
    case 'added':
      return [
        { name: 'added', ...warn(`The key ${newer} ${verb} added beside ${older}.`, switching) },
      ]
    case 'waiting':
      return [{ name: 'rotating', ...warn(`The keys ${newer} and ${older} both hold.`, switching) }]
    case 'finished':
      return [{ name: 'deleted', ...ok(`The key ${older} ${verb} deleted: ${newer} is left.`) }]
    case 'resting':
      return [{ name: 'resting', ...skip(`There is one key, ${newer}: nothing is to be deleted.`) }]
    default:
      return status satisfies never
  }
}

/** To a terminal only, and only where somebody asked for it. */
async function showValue(keys: KeysResource, name: string): Promise<void> {
  const key = (await keys.list()).find((one) => one.name === name)
  if (key) await print(`${toPrintable(key.value)}\n`)
}
