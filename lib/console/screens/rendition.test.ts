import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createFrame, fillRect } from '../rfb-client/frame.ts'
import { render } from './rendition.ts'

const RED = 0x00_00_d0
const GREEN = 0x00_b0_00

/** Red above, green below. */
function twoColours(width: number, height: number) {
  const frame = createFrame(width, height)
  fillRect(frame, { x: 0, y: 0, width, height: height / 2 }, RED)
  fillRect(frame, { x: 0, y: height / 2, width, height: height / 2 }, GREEN)
  return frame
}

async function pixelOf(image: Buffer, x: number, y: number) {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true })
  return [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)]
}

describe('the picture that is kept of a screen', () => {
  it('has its colours, at each width', async () => {
    const rendition = await render(twoColours(1280, 800))
    for (const width of [160, 320, 640] as const) {
      const image = await rendition.image(width)
      expect(await sharp(image).metadata()).toMatchObject({ format: 'webp', width, height: (width * 5) / 8 })
      const [red = 0, ...others] = await pixelOf(image, 10, 10)
      expect([red > 180, ...others.map((each) => each < 40)]).toEqual([true, true, true])
      const [, green = 0] = await pixelOf(image, 10, (width * 5) / 8 - 10)
      expect(green).toBeGreaterThan(150)
    }
  })

  it.each([
    ['a phone', 480, 854, 360, 640],
    ['one smaller than that', 200, 100, 200, 100],
  ])('is never larger than 640 by 640, nor than the screen: %s', async (_, width, height, wide, tall) => {
    const image = await (await render(twoColours(width, height))).image(640)
    expect(await sharp(image).metadata()).toMatchObject({ width: wide, height: tall })
  })

  it('is told apart from another, and not from itself', async () => {
    const once = await render(twoColours(640, 400))
    const again = await render(twoColours(640, 400))
    const other = await render(createFrame(640, 400))
    expect(again.hash).toBe(once.hash)
    expect(other.hash).not.toBe(once.hash)
  })
})
