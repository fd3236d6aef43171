import type pg from 'pg'

/** A table in which tenants have rows. */
export interface TenantTable {
  name: string
  /** Whether its rows are files, whose bytes are in a store under their ids. */
  isOfFiles: boolean
  /** Whether its rows refer to each other, so that they can only go together. */
  isLinked: boolean
  /** Whether it holds what opens or signs for a tenant: such rows are counted and destroyed, and never handed out. */
  isSecret: boolean
}

/** Keys go first, so that what is sealed cannot be read from then on, wherever it was copied to. */
const first = ['sealed_value', 'data_key', 'tenant_key', 'tenant_secret']
/** A file that is removed leaves a timer for its bytes. */
const last = ['timer']

/** Every table with a tenant, as the database itself has them, in an order in which their rows can be removed. */
export const tenantTables = async (client: pg.ClientBase): Promise<TenantTable[]> => {
  const { rows: tables } = await client.query<TenantTable>(
    `select c.relname as name, exists (
       select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'remove_file_object') as "isOfFiles",
       exists (select from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid and f.confrelid = c.oid) as "isLinked",
       exists (select from pg_attribute w where w.attrelid = c.oid and w.attname = 'wrapped' and not w.attisdropped) as "isSecret"
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select distinct here.relname as from, there.relname as to from pg_constraint
     join pg_class here on here.oid = conrelid join pg_class there on there.oid = confrelid
     where contype = 'f' and conrelid <> confrelid`,
  )
  const place = (name: string) => (first.includes(name) ? first.indexOf(name) - first.length : last.indexOf(name) + 1)
  const waiting = tables.toSorted((a, b) => place(a.name) - place(b.name))
  const ordered: TenantTable[] = []
  while (waiting.length) {
    const isFree = ({ name }: TenantTable) =>
      !references.some(({ from, to }) => to === name && waiting.some((table) => table.name === from))
    // Where tables refer to each other in a circle, cascades or empty references have to do.
    const at = Math.max(0, waiting.findIndex(isFree))
    ordered.push(...waiting.splice(at, 1))
  }
  return ordered
}
