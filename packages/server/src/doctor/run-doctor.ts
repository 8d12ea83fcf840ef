import type { Surroundings } from '../surroundings.ts'
import { fail, skip } from './check.ts'
import type { CheckResult, Finding } from './check.ts'
import { checkAccount, checkAccountHash, checkAllowance } from './check-account.ts'
import { checkClock, checkConnection, isApi } from './check-connection.ts'
import { checkEnvironment } from './check-environment.ts'
import { checkBatchToken, checkFlexibleVariants, checkNotifications } from './check-extras.ts'
import { checkNode, checkSqlite, checkWebhookSecret } from './check-machine.ts'
import type { Machine } from './check-machine.ts'
import { checkSignedUrl, checkSigningKey } from './check-signing.ts'
import { checkReadAccess, checkToken, checkWriteAccess } from './check-token.ts'
import { checkPublicVariants, checkVariantCount, checkVariants } from './check-variants.ts'
import { createProbes } from './create-probes.ts'
import type { Probes } from './probes.ts'
import { readSettings } from './settings.ts'
import type { Environment } from './settings.ts'

export interface DoctorOptions {
  readonly environment: Environment
  /** Variants that must be there besides `public`. */
  readonly variants?: readonly string[]
  readonly machine: Machine
  readonly surroundings: Surroundings
  /** Hears which check begins. */
  readonly onStart?: (name: string) => void
  readonly onResult?: (result: CheckResult) => void
}

/** Does all checks, one after the other, in at most 12 seconds. What cannot be checked is skipped and says why. */
export async function runDoctor(options: DoctorOptions): Promise<readonly CheckResult[]> {
  const { environment, surroundings, onStart, onResult } = options
  const read = readSettings(environment)
  const probes = read.settings && createProbes(read.settings, surroundings)
  const results: CheckResult[] = []
  for (const check of listChecks(options)) {
    onStart?.(check.name)
    const result = { name: check.name, ...(await decide(check, probes)) }
    results.push(result)
    onResult?.(result)
  }
  return results
}

/** What has to be so before a check makes sense: nothing, somebody who answers, or an account that does. */
type Check =
  | { readonly name: string; readonly needs: 'nothing'; readonly run: () => Finding }
  | {
      readonly name: string
      readonly needs: 'api' | 'account'
      readonly run: (probes: Probes) => Promise<Finding>
    }

function listChecks({ environment, machine, variants = [] }: DoctorOptions): readonly Check[] {
  const required = [...new Set(['public', ...variants])]
  const secret = environment['LIGHTFAST_WEBHOOK_SECRET'] ?? ''
  return [
    here('environment', () => checkEnvironment(readSettings(environment))),
    { name: 'connection', needs: 'api', run: checkConnection },
    { name: 'clock', needs: 'api', run: checkClock },
    { name: 'token', needs: 'api', run: checkToken },
    { name: 'account', needs: 'api', run: checkAccount },
    { name: 'read-access', needs: 'api', run: checkReadAccess },
    { name: 'allowance', needs: 'api', run: checkAllowance },
    { name: 'write-access', needs: 'account', run: checkWriteAccess },
    { name: 'account-hash', needs: 'account', run: checkAccountHash },
    { name: 'variants', needs: 'account', run: (probes) => checkVariants(probes, required) },
    { name: 'public-variants', needs: 'account', run: checkPublicVariants },
    { name: 'variant-count', needs: 'account', run: checkVariantCount },
    { name: 'signing-key', needs: 'account', run: checkSigningKey },
    { name: 'signed-url', needs: 'account', run: checkSignedUrl },
    { name: 'batch-token', needs: 'account', run: checkBatchToken },
    { name: 'flexible-variants', needs: 'account', run: checkFlexibleVariants },
    { name: 'notifications', needs: 'account', run: checkNotifications },
    here('webhook-secret', () => checkWebhookSecret(secret)),
    here('node', () => checkNode(machine)),
    here('sqlite', () => checkSqlite(machine)),
  ]
}

function here(name: string, run: () => Finding): Check {
  return { name, needs: 'nothing', run }
}

async function decide(check: Check, probes: Probes | undefined): Promise<Finding> {
  if (check.needs === 'nothing') return check.run()
  if (!probes) return skip('It cannot be asked before the environment is right.')
  const isFirst = check.run === checkConnection
  if (!isFirst && !isApi(await probes.connection())) return skip('There is no connection.')
  if (check.needs === 'account' && !(await probes.stats()).ok) {
    return skip('The account does not answer.')
  }
  return check.run(probes).catch(toFinding)
}

/** Nothing that a reply holds may end the doctor. Only the kind of error is told: its message may repeat the reply. */
function toFinding(error: unknown): Finding {
  const kind = error instanceof Error ? error.name : 'unknown'
  return fail(`The check itself broke (${kind}).`, 'Report it as a bug, with this output.')
}
