/** Whether the name was typed that is asked for; '' where none is asked for, whatever was typed while one was. */
export const isTyped = (asked: string, typed: string): boolean => asked === '' || typed === asked
