/**
 * Lets go of the keys that are held down in the guest when the focus leaves its screen: noVNC does so only when the
 * whole window loses it, and a Ctrl that stays down in the guest makes shortcuts of everything typed later.
 */
export function watchHeldKeys(canvas: HTMLCanvasElement): { releaseAll(): void; stop(): void } {
  const held = new Map<string, string>()
  const onDown = ({ code, key }: KeyboardEvent) => void held.set(code, key)
  const onUp = ({ code }: KeyboardEvent) => void held.delete(code)
  const releaseAll = () => {
    for (const [code, key] of held) canvas.dispatchEvent(new KeyboardEvent('keyup', { code, key }))
    held.clear()
  }
  canvas.addEventListener('keydown', onDown, { capture: true })
  canvas.addEventListener('keyup', onUp, { capture: true })
  canvas.addEventListener('blur', releaseAll)
  return {
    releaseAll,
    stop() {
      canvas.removeEventListener('keydown', onDown, { capture: true })
      canvas.removeEventListener('keyup', onUp, { capture: true })
      canvas.removeEventListener('blur', releaseAll)
    },
  }
}
