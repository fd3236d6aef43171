import type pg from 'pg'

/** What a statement finds, page by page. Inside a transaction, whose other statements go between the pages; one at a time. */
export async function* readPages<Row extends pg.QueryResultRow>(
  client: Pick<pg.ClientBase, 'query'>,
  sql: string,
  values: unknown[],
  pageSize = 1_000,
): AsyncGenerator<Row[]> {
  await client.query(`declare page no scroll cursor for ${sql}`, values)
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${pageSize} from page`)
    if (!rows.length) break
    yield rows
  }
  await client.query('close page')
}
