import type { Context } from '@clientele/kit'

/** One time for all customers of a request: lists whose conditions are the same share one statement. */
export const timeOfRequest = (ctx: Context) => ctx.loaders.batch('now', 'now', async () => [ctx.now()])
