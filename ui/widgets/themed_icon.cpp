#include "ui/widgets/themed_icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace voxmark::ui {
namespace {

constexpr const char* kDrawnWith = "#d0d0d0";  ///< the one colour in the files

QColor colourOf(QIcon::Mode mode) {
  const QPalette palette = QGuiApplication::palette();
  if (mode == QIcon::Selected) return palette.color(QPalette::Active, QPalette::HighlightedText);
  return palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active, QPalette::ButtonText);
}

class ThemedIconEngine : public QIconEngine {
 public:
  explicit ThemedIconEngine(const QString& name) : name_(name) {}
  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const double ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    return scaledPixmap(size, mode, state, 1);
  }
  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal) override {
    QColor colour = colourOf(mode);
    const QString key = QString("%1 %2 %3 %4").arg(name_, colour.name()).arg(size.width()).arg(size.height());
    QPixmap out;
    if (QPixmapCache::find(key, &out)) return out;
    QFile file(QString(":/icons/%1.svg").arg(name_));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QSvgRenderer drawing(file.readAll().replace(kDrawnWith, colour.name().toLatin1()));
    out = QPixmap(size);
    out.fill(Qt::transparent);
    QPainter painter(&out);
    if (mode == QIcon::Disabled) painter.setOpacity(0.6);
    drawing.render(&painter, QRectF(QPointF(), size));
    painter.end();
    QPixmapCache::insert(key, out);
    return out;
  }
  QIconEngine* clone() const override { return new ThemedIconEngine(*this); }
  QString key() const override { return "voxmark"; }

 private:
  QString name_;
};

}  // namespace

QIcon themedIcon(const QString& name) {
  return QIcon(new ThemedIconEngine(name));
}

}  // namespace voxmark::ui
