import { startAcceptance } from '../platform/platform.js'
import { describeMatrix, matrixBudget } from './matrix.js'

await describeMatrix(await startAcceptance({ budget: matrixBudget }))
