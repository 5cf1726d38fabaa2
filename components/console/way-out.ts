type Pressed = Pick<KeyboardEvent, 'ctrlKey' | 'altKey' | 'shiftKey' | 'getModifierState'>

/**
 * Ctrl, Alt and Shift together: the way back to the page from where every other key, Tab and Escape too, goes to a VM.
 * AltGr, which some systems tell as Ctrl and Alt, types letters.
 */
export const isWayOut = (event: Pressed): boolean =>
  event.ctrlKey && event.altKey && event.shiftKey && !event.getModifierState('AltGraph')
