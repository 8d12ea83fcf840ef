import { MAX_VARIANTS, variantsOf } from '@lightfast/core'
import { createImagesClient } from '../client/create-images-client.ts'
import {
  applyVariantPlan,
  excessOf,
  findDifferences,
  planVariants,
} from '../delivery/sync-variants.ts'
import type { VariantChange, VariantPlan } from '../delivery/sync-variants.ts'
import { fail, list, ok, skip } from '../doctor/check.ts'
import type { CheckResult, Finding } from '../doctor/check.ts'
import { formatResult } from '../doctor/format-report.ts'
import type { VariantsOptions } from './command-options.ts'
import { confirm } from './confirm.ts'
import { InvalidCommandError } from './invalid-command-error.ts'
import { count, createStatus, print, printJson, toStyle } from './output.ts'
import { readAccount } from './read-app-settings.ts'
import { readPresets } from './variants-command-presets.ts'

/** Makes the account have the variants of the presets. Resolves to the exit code: 1 if there is no room, or no consent. */
export async function variantsCommand(options: VariantsOptions): Promise<0 | 1> {
  const { mode, consent, output } = options
  if (mode === 'act' && consent === 'ask' && !process.stdin.isTTY) {
    throw new InvalidCommandError(
      'variants sync changes the account: without a terminal it needs --yes.',
    )
  }
  const { accountId, apiToken, baseUrl } = readAccount(process.env)
  const wanted = variantsOf(await readPresets(options.presets ?? process.env['LIGHTFAST_PRESETS']))
  const { variants } = createImagesClient({ accountId, apiToken, baseUrl, logger: silent })
  const plan = planVariants(wanted, await variants.list())
  const isPossible = excessOf(plan) === 0
  // The plan is shown first: whoever is asked should know to what.
  if (output === 'text') await printPlan(plan)
  if (mode === 'act' && isPossible && toDo(plan) > 0) {
    if (!(await isWanted(plan, options))) return 1
    await act(plan, variants)
  }
  if (output === 'json')
    await printJson({ ok: isPossible, dryRun: mode === 'look', ...toJson(plan) })
  return isPossible ? 0 : 1
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

function toDo({ create, change }: VariantPlan): number {
  return create.length + change.length
}

async function isWanted(plan: VariantPlan, { consent }: VariantsOptions): Promise<boolean> {
  if (consent === 'given') return true
  const { stdin: input, stderr } = process
  const question = `Create ${plan.create.length} and change ${plan.change.length}? The pictures of a changed variant are made anew.`
  const isGiven = await confirm(question, { input, output: stderr })
  if (!isGiven) stderr.write('Nothing was changed.\n')
  return isGiven
}

async function act(
  plan: VariantPlan,
  variants: Parameters<typeof applyVariantPlan>[1],
): Promise<void> {
  const status = createStatus()
  let done = 0
  try {
    await applyVariantPlan(plan, variants, (id) =>
      status.show(`${(done += 1)} of ${toDo(plan)}: ${id}`),
    )
  } finally {
    status.clear()
  }
}

async function printPlan(plan: VariantPlan): Promise<void> {
  const style = toStyle()
  await print(
    describePlan(plan)
      .map((result) => formatResult(result, style))
      .join(''),
  )
}

function describePlan(plan: VariantPlan): readonly CheckResult[] {
  const { create, change, leave, foreign } = plan
  return [
    {
      name: 'create',
      ...tell(
        'to create',
        create.map(({ id }) => id),
      ),
    },
    { name: 'change', ...tell('to change', change.map(describeChange)) },
    { name: 'leave', ...tell('as wanted', leave) },
    { name: 'foreign', ...tell('of somebody else: they stay', foreign) },
    { name: 'room', ...describeRoom(plan) },
  ]
}

function tell(what: string, names: readonly string[]): Finding {
  const words = `${count(names.length, 'variant')} ${what}`
  return names.length === 0 ? skip(`${words}.`) : ok(`${words}: ${list(names)}.`)
}

function describeChange({ from, to }: VariantChange): string {
  const differences = findDifferences(from, to).map(
    (one) => `${one.option} ${one.from} → ${one.to}`,
  )
  return `${to.id} (${differences.join(', ')})`
}

function describeRoom(plan: VariantPlan): Finding {
  const words = `${plan.total} of ${MAX_VARIANTS} variants would be there.`
  if (excessOf(plan) === 0) return ok(words)
  return fail(
    words,
    `Nothing is created. Take ${excessOf(plan)} out of the presets, or delete some of somebody else.`,
  )
}

function toJson({ create, change, leave, foreign, total }: VariantPlan) {
  return {
    create: create.map(({ id }) => id),
    change: change.map(({ from, to }) => ({ id: to.id, differences: findDifferences(from, to) })),
    leave,
    foreign,
    total,
    room: MAX_VARIANTS,
  }
}
