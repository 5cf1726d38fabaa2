import { saveBlob } from '../ui/save-file.ts'
import type { GuestScreen } from './session/guest-screen.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** "desk-2026-11-23-091502.png", in this computer's time; nothing in it that a file system dislikes. */
export function screenshotName(name: string, at: Date): string {
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('')
  return `${name.replaceAll(/[^\w.-]+/g, '_')}-${day}-${time}.png`
}

/** Offers the guest's screen, as it is now and in its own size, as a file. */
export function saveScreenshot({ picture }: GuestScreen, name: string): void {
  picture((image) => saveBlob(screenshotName(name, new Date()), image))
}
