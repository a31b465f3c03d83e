"""The terminal. Chinese help and progress; findings in a table; --json prints one object on standard output.

Annotations here are evaluated as they stand: Typer asks for those of every command at each start, and would have to
compile them if they were kept as text.
"""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit import arguments
from toolkit.chinese_help import Command, CommandGroup, UsageError, sentence
from toolkit.errors import UserError
from toolkit.forms.papers import OFFERED
from toolkit.jobs.streams import speak
from toolkit.sheets.disk import legible

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from toolkit.jobs.intake import Progress
    from toolkit.jobs.report import Report

app = typer.Typer(
    cls=CommandGroup, help="技能大师工作室工具箱：校验区县报表、合并入账、生成公文。", no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]})

Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象")]
Password = Annotated[str | None, typer.Option(parser=arguments.password, metavar="密码", help="加密工作簿的打开密码")]
On = Annotated[date | None, typer.Option(parser=arguments.business_day, metavar="日期", help="业务日期，默认今天")]
BureauLedger = Annotated[Path | None, typer.Option("--ledger", parser=arguments.ledger, metavar="文件",
                                                   help="市局的台账，用其中的参数；校验时也与台账比对")]
LedgerFile = Annotated[Path, typer.Option(parser=arguments.ledger, metavar="文件", help="台账文件")]
OutFolder = Annotated[Path, typer.Option(parser=arguments.folder, metavar="文件夹", help="存放的文件夹")]
SHOWN_FINDINGS = 60




@app.command(cls=Command)
def new(form: Annotated[str, typer.Argument(metavar="表名", help="申报工作簿、区县推荐汇总表、评审表决、目标任务书、年度绩效评估表、期满考核评分表、"
                                                "区县考核汇总表、工作室管理台账")],
        district: Annotated[str | None, typer.Option(metavar="区县", help="区（县）；不写则八个区（县）各一份")] = None,
        year: Annotated[int | None, typer.Option(parser=arguments.year, metavar="年度", help="默认今年")] = None,
        deadline: Annotated[date | None, typer.Option(parser=arguments.day, metavar="日期", help="申报截止日，预填进报表")] = None,
        ledger: Annotated[Path | None, typer.Option(parser=arguments.ledger, metavar="文件",
                                                    help="台账；评审表决、目标任务书、年度绩效评估表、期满考核评分表按台账预填")] = None,
        on: On = None, out: OutFolder = Path(".")) -> None:
    """新建空白标准表，预填区（县）和年度。"""
    from toolkit.forms import LEDGER, find
    from toolkit.jobs.from_ledger import from_ledger
    from toolkit.jobs.new import new as job

    if ledger is not None:
        for path in from_ledger(form, ledger, on or date.today(), out, district, year):
            typer.echo(f"已生成 {path}")
        return
    for path in job(form, district, year or date.today().year, out, deadline):
        typer.echo(f"已生成 {path}")
    if find(form) is LEDGER:
        from toolkit.jobs.next_steps import BEGINNING
        typer.echo(BEGINNING)


@app.command(cls=Command)
def check(paths: Annotated[list[Path], typer.Argument(parser=arguments.given, metavar="报表...", help="报表、台账、公文，或文件夹")],
          marked: Annotated[Path | None, typer.Option(parser=arguments.folder, metavar="文件夹", help="把标记副本写进这个文件夹")] = None,
          ledger: BureauLedger = None, password: Password = None, as_json: Json = False) -> None:
    """校验报表：指出单元格、规则和条款；原件不动。给的是台账，就校验台账；是公文，就与台账、与自身核对。"""
    from toolkit.jobs.check import check as job

    with _progress("校验", as_json, len(paths) > 1 or paths[0].is_dir()) as progress:
        report = job(paths, date.today(), marked, password, progress, ledger)
    _finish(report, as_json)


@app.command(cls=Command)
def gather(paths: Annotated[list[Path], typer.Argument(parser=arguments.given, metavar="申报工作簿...", help="单位报来的申报工作簿或文件夹")],
           into: Annotated[Path, typer.Option(parser=arguments.given, metavar="文件", help="区（县）的推荐汇总表")],
           replace: Annotated[bool, typer.Option("--replace", help="手工填的、汇入后手工改过的行也替换；默认不动")] = False,
           password: Password = None, as_json: Json = False) -> None:
    """汇入申报工作簿：写进区（县）的推荐汇总表，不用再录入；汇入前自动备份。"""
    from toolkit.jobs.gather import gather as job
    from toolkit.jobs.next_steps import gathered_into

    with _progress("汇入", as_json, len(paths) > 1 or paths[0].is_dir()) as progress:
        report = job(paths, into, datetime.now(), replace, password, progress)
    if not as_json:
        typer.echo(f"{report.summary}。")
    _finish(report, as_json, gathered_into(report, into))


@app.command(cls=Command)
def merge(folder: Annotated[Path, typer.Argument(parser=arguments.given, metavar="文件夹", help="存放各区（县）报表的文件夹")],
          year: Annotated[int, typer.Option(parser=arguments.year, metavar="年度", help="汇总哪一年")],
          form: Annotated[str | None, typer.Option(metavar="表名", help="默认 区县推荐汇总表")] = None,
          ledger: Annotated[Path | None, typer.Option(parser=arguments.ledger, metavar="文件", help="台账，默认在报表文件夹旁")] = None,
          out: Annotated[Path | None, typer.Option(parser=arguments.folder, metavar="文件夹", help="放结果的文件夹，默认在报表文件夹旁")] = None,
          dry_run: Annotated[bool, typer.Option("--dry-run", help="只预演，不写任何文件")] = False,
          password: Password = None, as_json: Json = False) -> None:
    """合并区（县）报表：逐份校验，写入台账，生成标记副本、合并结果和回执。"""
    from toolkit.jobs import merge as jobs

    order = jobs.order_for(folder, year, form=form, ledger=ledger, out=out, password=password, dry_run=dry_run)
    with _progress("合并", as_json, True) as progress:
        report = jobs.merge(order, datetime.now(), progress)
    if dry_run and not as_json:
        typer.echo("预演：没有写任何文件，以下是正式合并会有的结果。")
    _finish(report, as_json, _after(report, order.ledger.path, date.today()))


@app.command(cls=Command)
def score(paths: Annotated[list[Path], typer.Argument(parser=arguments.given, metavar="评分表...", help="期满考核评分表文件或文件夹")],
          out: Annotated[Path | None, typer.Option(parser=arguments.folder, metavar="文件夹", help="放区县考核汇总表和标记副本的文件夹")] = None,
          ledger: BureauLedger = None, password: Password = None, as_json: Json = False) -> None:
    """复算评分表：按佐证重新评分，指出改动过的公式、没有佐证的数、口径影响；原件不动。"""
    from toolkit.jobs.next_steps import scored
    from toolkit.jobs.score import score as job

    with _progress("复算", as_json, len(paths) > 1 or paths[0].is_dir()) as progress:
        report = job(paths, date.today(), out, password, progress, ledger)
    _finish(report, as_json, scored(report))


@app.command(cls=Command)
def docs(kind: Annotated[str, typer.Argument(metavar="文书", help="、".join(OFFERED))],
         out: OutFolder,
         ledger: Annotated[Path | None, typer.Option(parser=arguments.ledger, metavar="文件", help="台账文件；申报表可以改给 --from")] = None,
         sources: Annotated[list[Path] | None, typer.Option("--from", parser=arguments.given, metavar="申报工作簿",
                                                            help="申报表按申报工作簿生成，文件或文件夹，可以写几次")] = None,
         on: On = None,
         year: Annotated[int | None, typer.Option(parser=arguments.year, metavar="年度", help="默认台账里最近一年")] = None,
         template: Annotated[Path | None, typer.Option(parser=arguments.word_template, metavar="文件", help="自己改过的 Word 模板")] = None,
         number: Annotated[str, typer.Option(metavar="文号", help="文号，几份的从这个号顺排；命名通知、考核结果通报默认用台账里填的")] = "",
         studio: Annotated[str, typer.Option(metavar="编号", help="只要这一个工作室的，写编号或名称")] = "",
         district: Annotated[str, typer.Option(metavar="区县", help="只要这一个区（县）的")] = "",
         dry_run: Annotated[bool, typer.Option("--dry-run", help="只预演：列出会生成和登记什么，不写任何文件")] = False,
         replace: Annotated[bool, typer.Option("--replace", help="已有的同名公文换成新的；默认另存一份")] = False,
         pdf: Annotated[bool, typer.Option("--pdf", help="旁边再存一份 PDF，要有 Word 或 LibreOffice")] = False,
         as_json: Json = False) -> None:
    """按台账生成公文；决定了什么的，同时登记进台账。"""
    from toolkit.jobs.pdf_copies import add_pdf_copies, pdf_program

    arguments.one_source(kind, ledger, sources, year=year, number=number, studio=studio, district=district, dry_run=dry_run)
    after: Sequence[str] = ()
    program = pdf_program() if pdf and not dry_run else None
    if ledger is None:
        from toolkit.jobs.application_paper import application_papers
        report = application_papers(sources or [], out, on or date.today(), template, replace)
    else:
        from toolkit.jobs.documents import documents
        report = documents(kind, ledger, out, on or date.today(), datetime.now(), year, template, number, replace, studio, district,
                           dry_run)
        after = _after(report, ledger, on or date.today())
    if program is not None:
        add_pdf_copies(report, program)
    if dry_run and not as_json:
        typer.echo("预演：没有写任何文件，以下是正式生成会有的结果。")
    _finish(report, as_json, after)


@app.command(cls=Command)
def lint(paths: Annotated[list[Path], typer.Argument(metavar="公文...", help="Word 文件（公文或模板）或文件夹")],
         marked: Annotated[Path | None, typer.Option(metavar="文件夹", help="把问题写成批注，副本放进这个文件夹")] = None,
         as_json: Json = False) -> None:
    """检查公文和模板：逐条对照 GB/T 9704，指出段落、条款和强度；模板指出填不了的标签；原件不动。"""
    from toolkit.jobs.lint_documents import lint_documents

    report = lint_documents(paths, marked)
    typer.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else "\n".join(report.lines()))
    raise typer.Exit(report.exit_status)


@app.command(cls=Command)
def due(ledger: LedgerFile, on: On = None,
        who: Annotated[str, typer.Option(metavar="谁", help="只要该谁办的：市局、区县、单位")] = "",
        district: Annotated[str, typer.Option(metavar="区县", help="只要这一个区（县）的")] = "", as_json: Json = False) -> None:
    """到期提醒：按该谁办列出逾期的、今天到期的、将到期的、可以办理的，写明怎么办、条款和在台账哪一格；台账不动。"""
    from toolkit.jobs.due import due as job

    _finish(job(ledger, on or date.today(), who, district), as_json)


@app.command(cls=Command)
def case(studio: Annotated[str, typer.Argument(metavar="编号", help="工作室编号、名称；没有命名的申报，写名称或领办人身份证号")],
         ledger: LedgerFile, on: On = None,
         out: Annotated[Path | None, typer.Option(parser=arguments.folder, metavar="文件夹", help="存放的文件夹，默认台账旁的“个案档案”")] = None,
         as_json: Json = False) -> None:
    """个案档案：一个工作室或一件申报的经过、公文、来件原件和目录，放进一个文件夹；台账不动。"""
    from toolkit.jobs.case_file import case as job

    _finish(job(ledger, studio, on or date.today(), out), as_json)


@app.command(cls=Command)
def statistics(ledger: LedgerFile, out: OutFolder, on: On = None, as_json: Json = False) -> None:
    """综合统计：按年度、区（县）、产业集群、申办单位、状态统计申报、工作室、资金和考核结果，附图表；台账不动。"""
    from toolkit.jobs.statistics import statistics as job

    _finish(job(ledger, on or date.today(), out), as_json)


@app.command(cls=Command)
def act(ledger: LedgerFile, studio: Annotated[str, typer.Option(metavar="编号", help="工作室编号、名称；申报写名称或领办人身份证号")],
        move: Annotated[str | None, typer.Argument(metavar="事项", help="不写就列出现在能办什么、不能办的差什么")] = None,
        cells: Annotated[list[str] | None, typer.Argument(metavar="字段=值...", help="要填的各项，如 备案日期=2026-12-01")] = None,
        on: On = None, dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对，不写台账")] = False, as_json: Json = False) -> None:
    """办理：一个工作室或一件申报现在是什么状态、能办什么；办一个事项，按条款核对后登记进台账，可以撤销。"""
    from toolkit.jobs import act as jobs

    day = on or date.today()
    if move is None:
        found = jobs.standing(ledger, studio, day)
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, default=str) if as_json else "\n".join(found.lines()))
        return
    report = jobs.act(ledger, studio, move, arguments.cells(cells or ()), day, datetime.now(), dry_run)
    if dry_run and not as_json:
        typer.echo("预演：没有写台账，以下是正式办理会有的结果。")
    _finish(report, as_json, _after(report, ledger, day, studio))


@app.command(cls=Command)
def rules(ledger: Annotated[Path | None, typer.Option(metavar="文件", help="台账；参数按市局在“参数”表填的取值列出")] = None,
          as_json: Json = False) -> None:
    """办法的规则：逐条列出条款、要求、性质、口径、参数和在哪里执行，还没有做完的写明差什么；台账不动。"""
    from toolkit.jobs.rules import as_object
    from toolkit.jobs.rules import rules as job

    found = job(date.today(), ledger)
    if as_json:
        typer.echo(json.dumps(as_object(found), ensure_ascii=False, default=str))
    else:
        from toolkit.terminal import show_rules
        show_rules(found)


@app.command(cls=Command)
def undo(ledger: LedgerFile, as_json: Json = False) -> None:
    """撤销上一步：台账恢复到上次写入前，撤销本身记入操作日志。"""
    from toolkit.jobs.merge import undo as job

    report = job(ledger, datetime.now())
    _finish(report, as_json, _after(report, ledger, date.today()))


@app.command(cls=Command)
def build() -> None:
    """按声明重新生成全部 Excel 和 Word 模板（开发用）。"""
    from toolkit.jobs.build import build as job

    for path in job():
        typer.echo(f"已生成 {path}")


@app.command(cls=Command)
def demo(folder: Annotated[Path, typer.Argument(parser=arguments.folder, metavar="文件夹", help="演示文件夹")]) -> None:
    """演示：虚构八个区（县）的报表，走完校验、合并、公示、授牌名单全程。"""
    from toolkit.demo.demo import demo as job

    for line in job(folder, datetime.now()):
        typer.echo(line)


@app.command(cls=Command)
def doctor() -> None:
    """体检：Python、程序包、Excel、模板、按钮的设置、写入权限是否齐备。"""
    from toolkit.install.doctor import tell

    raise typer.Exit(tell(Path.cwd()))


@app.command(cls=Command)
def bundle(platform: Annotated[str, typer.Option(metavar="平台", help="win_amd64 或 linux_x86_64")],
           out: OutFolder,
           python_version: Annotated[list[str] | None, typer.Option(metavar="版本", help="Python 版本，可以写几次；默认 3.11 和 3.12")] = None,
           wheels: Annotated[Path | None, typer.Option(parser=arguments.given, metavar="文件夹", help="从这个文件夹取程序包，不上网")] = None,
           python_embed: Annotated[Path | None, typer.Option(parser=arguments.existing_file, metavar="文件",
                                                             help="一并带上的 Windows embeddable package")] = None) -> None:
    """做离线安装包：程序包、模板、安装和双击运行的图标，合成一个压缩包。"""
    from toolkit.install import bundle as jobs

    order = jobs.BundleOrder(platform, out, tuple(python_version or jobs.PYTHONS), wheels, python_embed)
    jobs.checked(order)
    typer.echo("正在收集程序包，要几分钟……", err=True)
    for line in jobs.summary(jobs.bundle(order)):
        typer.echo(line)


def _progress(what: str, as_json: bool, wanted: bool) -> "AbstractContextManager[Progress]":
    """A progress bar on a terminal; nothing where output goes to a program."""
    from contextlib import nullcontext

    if as_json or not wanted or not sys.stderr.isatty():
        from toolkit.jobs.intake import silent
        return nullcontext(silent)
    from toolkit.terminal import progress_bar
    return progress_bar(what)


def _after(report: "Report", ledger: Path, on: date, called: str = "") -> Sequence[str]:
    """What comes next, where a command wrote the ledger."""
    if ledger not in report.outputs:
        return ()
    from toolkit.jobs.next_steps import next_steps
    return next_steps(ledger, on, called)


def _finish(report: "Report", as_json: bool, after: Sequence[str] = ()) -> None:
    """Show the report and what comes after it; leave with its exit status."""
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, default=str))
    else:
        from toolkit.terminal import show
        show(report, SHOWN_FINDINGS)
        if after:
            typer.echo("\n".join(("", *after)))
    raise typer.Exit(report.exit_status)


def main() -> None:
    """Entry point: exit 2 with one Chinese line where a command cannot go on, and for anything unforeseen."""
    speak("--json" in sys.argv)
    try:
        sys.exit(app(arguments.as_typed(sys.argv[1:], sys.platform == "win32"), standalone_mode=False) or 0)
    except UserError as error:
        print(legible(" ".join(str(error).split("\n"))), file=sys.stderr)
        sys.exit(2)
    except UsageError as error:
        print(error.format_message() if type(error).__name__ == "NoArgsIsHelpError" else legible(sentence(error)), file=sys.stderr)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        print("已中止。没有写完的文件不会留下；这一次要么整个没有做，要么已经整个做完，请看台账“操作日志”的最后一行。", file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        from toolkit.jobs.crash_log import record
        print(f"程序出了问题，没有完成。请把日志“{record(error)}”发给维护人员。", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
