import type { LanguageCorpus } from './corpus';

export const DOCKERFILE: LanguageCorpus = {
  language: 'Dockerfile',
  filePath: 'Dockerfile',
  text: String.raw`
|FROM debian:12
|WORKDIR /srv
>RUN apt-get update && apt-get install -y curl \
>    && chmod -R 777 "/srv/my app"
|USER root
`,
  comments: ['# wide "open', "# isn't"],
  keeps: [
    ['it is joined', 'RUN apt-get update && apt-get install -y curl && chmod -R 777 "/srv/my app"'],
    [
      'it is wrapped',
      String.raw`RUN apt-get update \
    && apt-get install -y curl \
    && chmod -R 777 \
       "/srv/my app"`,
    ],
    [
      'a line of comment stands between its lines',
      String.raw`RUN apt-get update && apt-get install -y curl \
    # for everybody
    && chmod -R 777 "/srv/my app"`,
    ],
    ['an empty line stands between its lines', 'RUN a \\\n\n  && b', 'RUN a && b'],
    ['white space follows a backslash', 'RUN a \\  \n  && b', 'RUN a && b'],
    ['a text is indented', 'RUN <<EOF\n  a # x\n  EOF', 'RUN <<EOF\na # x\nEOF'],
  ],
  changes: [
    [
      'a colour on a later line of the environment',
      'ENV A=b \\\n  COLOR="x" #fff',
      'ENV A=b \\\n  COLOR="x" #000',
    ],
    [
      'a command is another',
      'RUN apt-get update && apt-get install -y wget && chmod -R 777 "/srv/my app"',
    ],
    [
      'a mode is another',
      'RUN apt-get update && apt-get install -y curl && chmod -R 775 "/srv/my app"',
    ],
    ['a path falls into two', 'COPY / tmp', 'COPY /tmp'],
    ['an instruction becomes an argument', 'RUN a RUN b', 'RUN a\nRUN b'],
    ['a colour of the environment', 'ENV COLOR #fff', 'ENV COLOR #000'],
    ['text of a label', 'LABEL note="a" #two', 'LABEL note="a" #one'],
    ['a text in a command', 'RUN <<EOF\necho # two\nEOF', 'RUN <<EOF\necho # one\nEOF'],
    ['an image is another', 'FROM node:22', 'FROM node:latest'],
  ],
};
