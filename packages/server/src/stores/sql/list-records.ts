import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Clause, Literal } from '../../access/policy-engine.ts'
import type { ImageRecord } from '../../uploads/record.ts'
import type { ListQuery } from '../../uploads/store.ts'
import { imageColumns, toRecord } from './image-rows.ts'
import type { Database } from './tables.ts'

/** Lists the records that a query asks for, newest first. */
export async function listRecords(
  db: Kysely<Database>,
  query: ListQuery,
): Promise<readonly ImageRecord[]> {
  const { scope = [[]], states, kinds } = query
  if (scope.length === 0 || states?.length === 0 || kinds?.length === 0) return []
  return (await selectPage(db, query, scope).execute()).map(toRecord)
}

/**
 * Each clause is a page of its own, which an index of owners or of tenants gives in order; the page is the newest of all of them. One
 * condition with an `or` would have the engine read everything that there is, or sort everything that it finds.
 */
function selectPage(db: Kysely<Database>, query: ListQuery, scope: readonly Clause[]) {
  const pages = scope.map((clause) => inOrder(selectClause(db, query, clause), query))
  const [only, ...others] = pages
  if (only === undefined) throw new TypeError('A scope without clauses holds nothing.')
  if (others.length === 0) return only
  const ids = pages
    .map((page) => db.selectFrom(page.as('page')).select('page.id'))
    .reduce((all, one) => all.union(one))
  return inOrder(db.selectFrom('images').select(imageColumns).where('id', 'in', ids), query)
}

function inOrder(found: ReturnType<typeof selectClause>, { limit }: ListQuery) {
  return found.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit)
}

function selectClause(db: Kysely<Database>, query: ListQuery, clause: Clause) {
  const { ownerId, states, kinds, privacy, createdFrom, createdBefore } = query
  const { unusedBefore, updatedBefore, after } = query
  let found = db.selectFrom('images').select(imageColumns)
  if (ownerId !== undefined) found = found.where('owner_id', '=', ownerId)
  if (states) found = found.where('state', 'in', states)
  if (kinds) found = found.where('kind', 'in', kinds)
  if (privacy) found = found.where('privacy', '=', privacy)
  if (createdFrom !== undefined) found = found.where('created_at', '>=', createdFrom)
  if (createdBefore !== undefined) found = found.where('created_at', '<', createdBefore)
  if (unusedBefore !== undefined) found = found.where('unused_since', '<', unusedBefore)
  if (updatedBefore !== undefined) found = found.where('updated_at', '<', updatedBefore)
  if (after) {
    found = found.where((eb) =>
      eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(after.createdAt, after.id)),
    )
  }
  return clause.reduce((page, literal) => page.where((eb) => toCondition(eb, literal)), found)
}

/** Each is true or false of every row: a tenant that is null is compared too. */
function toCondition(eb: ExpressionBuilder<Database, 'images'>, literal: Literal) {
  if ('owner' in literal) return eb('owner_id', literal.is ? '=' : '!=', literal.owner)
  if ('tenant' in literal) return toTenantCondition(eb, literal)
  if ('privacy' in literal) return eb('privacy', '=', literal.privacy)
  return eb('state', literal.ready ? '=' : '!=', 'ready')
}

function toTenantCondition(
  eb: ExpressionBuilder<Database, 'images'>,
  { tenant, is }: { readonly tenant: string | null; readonly is: boolean },
) {
  if (tenant === null) return eb('tenant_id', is ? 'is' : 'is not', null)
  if (is) return eb('tenant_id', '=', tenant)
  return eb.or([eb('tenant_id', '!=', tenant), eb('tenant_id', 'is', null)])
}
