/* Makes PortAudio's start short on ALSA. For the player process only, before Pa_Initialize(). */
#ifndef WSP_OUTPUT_ALSACONF_H
#define WSP_OUTPUT_ALSACONF_H

/* PortAudio opens every PCM that ALSA's configuration names, to see what it can do. Take those out
 * of this process's copy of the configuration that are no loudspeakers and cost the most. What
 * another entry refers to stays. Does nothing where there is no ALSA. */
void wsp_alsa_shorten_list(void);

#endif
