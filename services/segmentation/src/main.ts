import { cannotStart, start } from '@clientele/kit'
import { segmentation } from './service.js'

await start(segmentation).catch(cannotStart)
