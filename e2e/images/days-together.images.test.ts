import { describeDays } from '../days/days.js'
import { startImagePlatform } from './image-platform.js'

await describeDays(await startImagePlatform('together'))
