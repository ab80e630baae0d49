import DOMPurify from 'dompurify';

export function Review({ html }) {
  // ruleid: securescan.javascript.react-raw-html
  return <div className="review" dangerouslySetInnerHTML={{ __html: html }} />;
}

export function CleanReview({ html }) {
  // ok: securescan.javascript.react-raw-html
  return <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(html) }} />;
}

export function Legal() {
  // ok: securescan.javascript.react-raw-html
  return <p dangerouslySetInnerHTML={{ __html: '&copy; Harbour Shop' }} />;
}

export class ReviewView {
  constructor(private readonly sanitizer) {}

  show(text: string) {
    // ruleid: securescan.javascript.angular-sanitizer-bypass
    this.body = this.sanitizer.bypassSecurityTrustHtml(text);
    // ok: securescan.javascript.angular-sanitizer-bypass
    this.icon = this.sanitizer.bypassSecurityTrustUrl('/assets/star.svg');
    // ok: securescan.javascript.angular-sanitizer-bypass
    this.clean = this.sanitizer.sanitize(1, text);
  }
}
