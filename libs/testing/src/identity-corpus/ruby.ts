import type { LanguageCorpus } from './corpus';

export const RUBY: LanguageCorpus = {
  language: 'Ruby',
  filePath: 'app/models/order.rb',
  text: String.raw`
|class Order
|  def self.search(name)
>    where("name = '#{params["name"]}' # x").order(:id)
|  end
|end
`,
  comments: ['# list "', "# don't"],
  keeps: [
    ['it is wrapped', 'where("name = \'#{params["name"]}\' # x")\n  .order(:id)'],
    [
      'a comment follows a regular expression',
      String.raw`x =~ /["'#]/ # c`,
      String.raw`x =~ /["'#]/`,
    ],
    ['a comment follows a pattern as an argument', 'match /a b#/ # c', 'match /a b#/'],
    ['a comment follows words', 'f(%w[a# b]) # c', 'f(%w[a# b])'],
    ['a comment follows %q', "x = %q(it's) # c", "x = %q(it's)"],
    ['a block of comment stands within it', 'f(a,\n=begin\nit\'s "\n=end\nb)', 'f(a, b)'],
    ['a text is indented', 'q <<~SQL\n      SELECT 1\n    SQL', 'q <<~SQL\n  SELECT 1\nSQL'],
    ['a comment follows a division', 'x = a / b # c / d', 'x = a / b'],
    ['a backslash continues it', 'x = a + \\\n  b', 'x = a + b'],
  ],
  changes: [
    [
      'what looks like a comment in a text with a short name',
      'q <<~sql\n  # two\nsql',
      'q <<~sql\n  # one\nsql',
    ],
    [
      'the key within the string is another',
      'where("name = \'#{params["title"]}\' # x").order(:id)',
    ],
    [
      'what looks like a comment in the string',
      'where("name = \'#{params["name"]}\' # y").order(:id)',
    ],
    [
      'what looks like a comment in a string within the string',
      'f("#{h["#b"]}")',
      'f("#{h["#a"]}")',
    ],
    ['a method is another', 'where("name = \'#{params["name"]}\' # x").sort(:id)'],
    ['what looks like a comment in a text', 'q <<~SQL\n  # two\nSQL', 'q <<~SQL\n  # one\nSQL'],
    ['what looks like a comment in a command', 'x = `ls # b`', 'x = `ls # a`'],
    ['what looks like a comment in a regular expression', 'x =~ /a#b/', 'x =~ /a#c/'],
    ['what looks like a comment in words', 'f(%w[a #b])', 'f(%w[a #c])'],
    ['a call becomes a subtraction', 'f - 1', 'f -1'],
    ['a call becomes an index', 'f[1]', 'f [1]'],
    ['a symbol is another', 'order(:name)', 'order(:id)'],
  ],
};
