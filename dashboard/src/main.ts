import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';

bootstrapApplication(App, appConfig).catch((error: unknown) => {
  // Expected only where the browser is too old for the build: nothing of ours can render, so say it plainly.
  document.body.textContent = `The dashboard could not start: ${String(error)}`;
});
